# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.resources.audio.speech import (
    AsyncSpeech,
    AsyncSpeechWithRawResponse,
    AsyncSpeechWithStreamingResponse,
    Speech,
    SpeechWithRawResponse,
    SpeechWithStreamingResponse,
)
from openai.resources.audio.transcriptions import (
    AsyncTranscriptions,
    AsyncTranscriptionsWithRawResponse,
    AsyncTranscriptionsWithStreamingResponse,
    Transcriptions,
    TranscriptionsWithRawResponse,
    TranscriptionsWithStreamingResponse,
)
from openai.resources.audio.translations import (
    AsyncTranslations,
    AsyncTranslationsWithRawResponse,
    AsyncTranslationsWithStreamingResponse,
    Translations,
    TranslationsWithRawResponse,
    TranslationsWithStreamingResponse,
)
from openai.resources.audio.voice_consents import (
    AsyncVoiceConsents,
    AsyncVoiceConsentsWithRawResponse,
    AsyncVoiceConsentsWithStreamingResponse,
    VoiceConsents,
    VoiceConsentsWithRawResponse,
    VoiceConsentsWithStreamingResponse,
)
from openai.resources.audio.voices import (
    AsyncVoices,
    AsyncVoicesWithRawResponse,
    AsyncVoicesWithStreamingResponse,
    Voices,
    VoicesWithRawResponse,
    VoicesWithStreamingResponse,
)
from typing import Any

class AsyncAudio:
    @property
    def transcriptions(self) -> AsyncTranscriptions: ...
    @property
    def translations(self) -> AsyncTranslations: ...
    @property
    def speech(self) -> AsyncSpeech: ...
    @property
    def voices(self) -> AsyncVoices: ...
    @property
    def voice_consents(self) -> AsyncVoiceConsents: ...
    @property
    def with_raw_response(self) -> AsyncAudioWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncAudioWithStreamingResponse: ...

class AsyncAudioWithRawResponse:
    @property
    def transcriptions(self) -> AsyncTranscriptionsWithRawResponse: ...
    @property
    def translations(self) -> AsyncTranslationsWithRawResponse: ...
    @property
    def speech(self) -> AsyncSpeechWithRawResponse: ...
    @property
    def voices(self) -> AsyncVoicesWithRawResponse: ...
    @property
    def voice_consents(self) -> AsyncVoiceConsentsWithRawResponse: ...

class AsyncAudioWithStreamingResponse:
    @property
    def transcriptions(self) -> AsyncTranscriptionsWithStreamingResponse: ...
    @property
    def translations(self) -> AsyncTranslationsWithStreamingResponse: ...
    @property
    def speech(self) -> AsyncSpeechWithStreamingResponse: ...
    @property
    def voices(self) -> AsyncVoicesWithStreamingResponse: ...
    @property
    def voice_consents(self) -> AsyncVoiceConsentsWithStreamingResponse: ...

class Audio:
    @property
    def transcriptions(self) -> Transcriptions: ...
    @property
    def translations(self) -> Translations: ...
    @property
    def speech(self) -> Speech: ...
    @property
    def voices(self) -> Voices: ...
    @property
    def voice_consents(self) -> VoiceConsents: ...
    @property
    def with_raw_response(self) -> AudioWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AudioWithStreamingResponse: ...

class AudioWithRawResponse:
    @property
    def transcriptions(self) -> TranscriptionsWithRawResponse: ...
    @property
    def translations(self) -> TranslationsWithRawResponse: ...
    @property
    def speech(self) -> SpeechWithRawResponse: ...
    @property
    def voices(self) -> VoicesWithRawResponse: ...
    @property
    def voice_consents(self) -> VoiceConsentsWithRawResponse: ...

class AudioWithStreamingResponse:
    @property
    def transcriptions(self) -> TranscriptionsWithStreamingResponse: ...
    @property
    def translations(self) -> TranslationsWithStreamingResponse: ...
    @property
    def speech(self) -> SpeechWithStreamingResponse: ...
    @property
    def voices(self) -> VoicesWithStreamingResponse: ...
    @property
    def voice_consents(self) -> VoiceConsentsWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
