# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.embeddings.base import EmbeddingModel
from pydantic_ai.embeddings.wrapper import WrapperEmbeddingModel
from typing import Any

class InstrumentedEmbeddingModel(WrapperEmbeddingModel):
    async def embed(self, *args, **kwargs) -> Any: ...

def instrument_embedding_model(*args, **kwargs) -> EmbeddingModel: ...

def __getattr__(name: str) -> Any: ...
