# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai._agent_graph import (
    CallToolsNode as CallToolsNode,
    ModelRequestNode as ModelRequestNode,
    UserPromptNode as UserPromptNode,
    capture_run_messages as capture_run_messages,
)
from pydantic_ai._run_context import RunContext as RunContext
from pydantic_ai.agent import Agent as Agent
from pydantic_ai.agent.abstract import AgentModelSettings as AgentModelSettings, AgentRunEvents as AgentRunEvents
from pydantic_ai.embeddings import Embedder as Embedder
from pydantic_ai.embeddings.base import EmbeddingModel as EmbeddingModel
from pydantic_ai.models import (
    ModelRequestContext as ModelRequestContext,
    ModelResolutionContext as ModelResolutionContext,
    ModelSelectionContext as ModelSelectionContext,
)
from pydantic_ai.models._abstract import AbstractModel as AbstractModel
from pydantic_ai.models.concurrency import (
    ConcurrencyLimitedModel as ConcurrencyLimitedModel,
    limit_model_concurrency as limit_model_concurrency,
)
from pydantic_ai.result import AgentEventStream as AgentEventStream
from pydantic_ai.run import AgentRun as AgentRun
from pydantic_ai.toolsets import AgentToolset as AgentToolset
from pydantic_ai.toolsets.abstract import AbstractToolset as AbstractToolset, ToolsetTool as ToolsetTool
from pydantic_ai.toolsets.approval_required import ApprovalRequiredToolset as ApprovalRequiredToolset
from pydantic_ai.toolsets.combined import CombinedToolset as CombinedToolset
from pydantic_ai.toolsets.deferred_loading import DeferredLoadingToolset as DeferredLoadingToolset
from pydantic_ai.toolsets.external import ExternalToolset as ExternalToolset
from pydantic_ai.toolsets.filtered import FilteredToolset as FilteredToolset
from pydantic_ai.toolsets.function import FunctionToolset as FunctionToolset
from pydantic_ai.toolsets.include_return_schemas import IncludeReturnSchemasToolset as IncludeReturnSchemasToolset
from pydantic_ai.toolsets.prefixed import PrefixedToolset as PrefixedToolset
from pydantic_ai.toolsets.prepared import PreparedToolset as PreparedToolset
from pydantic_ai.toolsets.renamed import RenamedToolset as RenamedToolset
from pydantic_ai.toolsets.set_metadata import SetMetadataToolset as SetMetadataToolset
from pydantic_ai.toolsets.wrapper import WrapperToolset as WrapperToolset
from typing import Any

def __getattr__(name: str) -> Any: ...
