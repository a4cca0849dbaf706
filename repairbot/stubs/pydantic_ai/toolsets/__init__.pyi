# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from pydantic_ai._run_context import AgentDepsT, RunContext
from pydantic_ai.toolsets._dynamic import DynamicToolset as DynamicToolset
from pydantic_ai.toolsets.abstract import AbstractToolset as AbstractToolset, ToolsetTool as ToolsetTool
from pydantic_ai.toolsets.approval_required import ApprovalRequiredToolset as ApprovalRequiredToolset
from pydantic_ai.toolsets.combined import CombinedToolset as CombinedToolset
from pydantic_ai.toolsets.deferred_loading import DeferredLoadingToolset as DeferredLoadingToolset
from pydantic_ai.toolsets.external import DeferredToolset as DeferredToolset, ExternalToolset as ExternalToolset
from pydantic_ai.toolsets.filtered import FilteredToolset as FilteredToolset
from pydantic_ai.toolsets.function import FunctionToolset as FunctionToolset
from pydantic_ai.toolsets.include_return_schemas import IncludeReturnSchemasToolset as IncludeReturnSchemasToolset
from pydantic_ai.toolsets.prefixed import PrefixedToolset as PrefixedToolset
from pydantic_ai.toolsets.prepared import PreparedToolset as PreparedToolset
from pydantic_ai.toolsets.renamed import RenamedToolset as RenamedToolset
from pydantic_ai.toolsets.set_metadata import SetMetadataToolset as SetMetadataToolset
from pydantic_ai.toolsets.wrapper import WrapperToolset as WrapperToolset
from typing import Any

AgentToolset = AbstractToolset[AgentDepsT] | Callable[[RunContext[AgentDepsT]], AbstractToolset[AgentDepsT] | None | Awaitable[AbstractToolset[AgentDepsT] | None]]

def __getattr__(name: str) -> Any: ...
