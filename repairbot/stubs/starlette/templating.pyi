# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from starlette.responses import HTMLResponse
from typing import Any

class Jinja2Templates:
    def TemplateResponse(self, *args, **kwargs) -> _TemplateResponse: ...

class _TemplateResponse(HTMLResponse):
    async def __call__(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
