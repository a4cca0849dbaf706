# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic.lib.streaming._beta_messages import (
    BetaAsyncMessageStream as BetaAsyncMessageStream,
    BetaAsyncMessageStreamManager as BetaAsyncMessageStreamManager,
    BetaMessageStream as BetaMessageStream,
    BetaMessageStreamManager as BetaMessageStreamManager,
)
from anthropic.lib.streaming._messages import (
    AsyncMessageStream as AsyncMessageStream,
    AsyncMessageStreamManager as AsyncMessageStreamManager,
    MessageStream as MessageStream,
    MessageStreamManager as MessageStreamManager,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
