# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from fastapi.applications import FastAPI as FastAPI
from fastapi.background import BackgroundTasks as BackgroundTasks
from fastapi.datastructures import UploadFile as UploadFile
from fastapi.routing import APIRouter as APIRouter
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from starlette.websockets import WebSocket as WebSocket
from typing import Any

def __getattr__(name: str) -> Any: ...
