"""A loop that wanted elements is never given the thing they come from, and the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

import pytest

from repairbot.model import Disposition, Safety
from repairbot.scan.pipeline import Settings, derive

FEED = """
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass
class Item:
    id: int
    label: str


class Feed:
    title = "feed"

    async def items(self) -> AsyncIterator[Item]:
        yield Item(1, "one")

    async def close(self) -> None:
        print("closed")


class TwoWays(Feed):
    async def labels(self) -> AsyncIterator[str]:
        yield "one"


class Records:
    async def records(self) -> AsyncIterator[dict]:
        yield {"id": 1}


class Mute:
    async def close(self) -> None:
        print("closed")


@asynccontextmanager
async def open_feed():
    yield Feed()


@asynccontextmanager
async def open_two_ways():
    yield TwoWays()


@asynccontextmanager
async def open_records() -> AsyncIterator[Records]:
    records = Records()
    yield records


@asynccontextmanager
async def open_mute():
    yield Mute()


@asynccontextmanager
async def open_numbers():
    yield [1, 2, 3]


@asynccontextmanager
async def open_pair():
    yield Feed(), Mute()


@asynccontextmanager
async def open_unknown(make):
    resource = make()
    try:
        yield resource
        await resource.commit()
    finally:
        await resource.close()


def shown(item):
    return item.label.upper()


def closing(feed):
    return feed.close()


def typed(item: Item):
    print(item)


def stored(item, into):
    into.append(item)
"""


@dataclass(frozen=True)
class Fate:
    """What became of the only finding: the text of the changed function, safety, and reason."""

    disposition: Disposition
    safety: Safety | None
    reason: str
    text: str


def fate(root: Path, body: str, imports: str = "", parameters: str = "") -> Fate:
    """The fate of the one finding in `async def run(...)` with that body."""
    (root / ".git").mkdir()
    (root / "feed.py").write_text(FEED, encoding="utf-8")
    head = f"import json\nimport sys\n\nfrom feed import *\n{imports}\n\nasync def run({parameters}):\n"
    (root / "main.py").write_text(head + indent(dedent(body).strip("\n"), "    ") + "\n", encoding="utf-8")
    found = derive(Settings((root,), root, ("RB101",), jobs=1))
    assert len(found.findings) == 1, (found.findings, found.undecided, found.skipped)
    finding = found.findings[0]
    changed = found.changed([finding.group] if finding.group else [])
    text = changed.get("main.py", b"").decode().partition("\nasync def run(")[2].partition(":\n")[2]
    return Fate(finding.disposition, finding.safety, finding.reason or "", dedent(text).strip("\n"))


def probe(name: str, body: str, after: str, imports: str = "", parameters: str = "") -> object:
    return pytest.param(body, after, imports, parameters, id=name)


HTTPX = "import httpx"
CLIENT = "client: httpx.AsyncClient, url, out"


@pytest.mark.parametrize(
    ("body", "after", "imports", "parameters"),
    [
        probe(
            "lines_of_a_response",
            "async for line in client.stream('GET', url):\n    if line.startswith('data: '):\n        out(line[6:])",
            "async with client.stream('GET', url) as response:\n    async for line in response.aiter_lines():\n"
            "        if line.startswith('data: '):\n            out(line[6:])",
            HTTPX,
            CLIENT,
        ),
        probe(
            "json_of_each_line_of_a_response",
            "async for line in client.stream('GET', url):\n    if line != '':\n        out(json.loads(line))",
            "async with client.stream('GET', url) as response:\n    async for line in response.aiter_lines():\n"
            "        if line != '':\n            out(json.loads(line))",
            HTTPX,
            CLIENT,
        ),
        probe(
            "text_of_a_response_put_together",
            "text = ''\nasync for chunk in client.stream('GET', url):\n    text = text + chunk.upper() + ''",
            "",
            HTTPX,
            CLIENT,
        ),
        probe(
            "a_response_that_is_read_as_a_whole",
            "async for found in client.stream('GET', url):\n    print(found.status_code, await found.aread())",
            "async with client.stream('GET', url) as found:\n    print(found.status_code, await found.aread())",
            HTTPX,
            CLIENT,
        ),
        probe(
            "lines_of_an_aiohttp_response",
            "async for line in session.get(url):\n    print(line.decode().strip())",
            "async with session.get(url) as response:\n    async for line in response.content:\n"
            "        print(line.decode().strip())",
            "import aiohttp",
            "session: aiohttp.ClientSession, url",
        ),
        probe(
            "an_aiohttp_response",
            "async for response in session.get(url):\n    print(response.status, await response.json())",
            "async with session.get(url) as response:\n    print(response.status, await response.json())",
            "import aiohttp",
            "session: aiohttp.ClientSession, url",
        ),
        probe(
            "messages_of_a_pubsub",
            "pubsub = connection.pubsub()\nawait pubsub.subscribe('a')\nasync for message in pubsub:\n"
            "    print(message['data'])",
            "pubsub = connection.pubsub()\nawait pubsub.subscribe('a')\nasync for message in pubsub.listen():\n"
            "    print(message['data'])",
            "import redis.asyncio as redis",
            "connection: redis.Redis",
        ),
        probe(
            "messages_of_a_pubsub_in_a_comprehension",
            "pubsub = connection.pubsub()\nreturn [message['data'] async for message in pubsub]",
            "pubsub = connection.pubsub()\nreturn [message['data'] async for message in pubsub.listen()]",
            "import redis.asyncio as redis",
            "connection: redis.Redis",
        ),
        probe(
            "events_of_an_event_source",
            "async for event in aconnect_sse(client, 'GET', url):\n    print(event.event, event.data)",
            "async with aconnect_sse(client, 'GET', url) as source:\n    async for event in source.aiter_sse():\n"
            "        print(event.event, event.data)",
            "from httpx_sse import aconnect_sse",
            "client, url",
        ),
        probe(
            "text_of_a_message_stream",
            "text = ''\nasync for part in client.messages.stream(model='m', max_tokens=1, messages=[]):\n"
            "    text = '' + part",
            "text = ''\nasync with client.messages.stream(model='m', max_tokens=1, messages=[]) as stream:\n"
            "    async for part in stream.text_stream:\n        text = '' + part",
            "from anthropic import AsyncAnthropic",
            "client: AsyncAnthropic",
        ),
        probe(
            "items_of_an_own_class",
            "async for item in open_feed():\n    print(item.id)",
            "async with open_feed() as feed:\n    async for item in feed.items():\n        print(item.id)",
        ),
        probe(
            "items_of_an_own_class_by_what_a_called_function_does",
            "async for item in open_feed():\n    print(shown(item))",
            "async with open_feed() as feed:\n    async for item in feed.items():\n        print(shown(item))",
        ),
        probe(
            "items_of_an_own_class_by_the_type_a_called_function_takes",
            "async for item in open_feed():\n    typed(item)",
            "async with open_feed() as feed:\n    async for item in feed.items():\n        typed(item)",
        ),
        probe(
            "items_of_an_own_class_collected",
            "found = []\nasync for item in open_feed():\n    found.append(item.label)\nreturn found",
            "found = []\nasync with open_feed() as feed:\n    async for item in feed.items():\n"
            "        found.append(item.label)\nreturn found",
        ),
        probe(
            "items_of_an_own_class_in_a_comprehension",
            "return {item.id: item async for item in open_feed() if item.label}",
            "async with open_feed() as feed:\n    return {item.id: item async for item in feed.items() if item.label}",
        ),
        probe(
            "an_own_class_whose_method_is_awaited",
            "async for feed in open_feed():\n    await feed.close()",
            "async with open_feed() as feed:\n    await feed.close()",
        ),
        probe(
            "an_own_class_whose_method_a_called_function_uses",
            "async for feed in open_feed():\n    await closing(feed)",
            "async with open_feed() as feed:\n    await closing(feed)",
        ),
        probe(
            "an_own_class_whose_elements_the_body_iterates",
            "async for feed in open_feed():\n    async for item in feed.items():\n        print(item)",
            "async with open_feed() as feed:\n    async for item in feed.items():\n        print(item)",
        ),
        probe(
            "an_own_class_that_cannot_be_iterated",
            "async for mute in open_mute():\n    print(mute)",
            "async with open_mute() as mute:\n    print(mute)",
        ),
        probe(
            "a_pair_that_is_unpacked",
            "async for feed, mute in open_pair():\n    await feed.close()\n    await mute.close()",
            "async with open_pair() as (feed, mute):\n    await feed.close()\n    await mute.close()",
        ),
        probe(
            "an_unknown_resource_that_its_manager_uses_in_the_same_way",
            "async for resource in open_unknown(make):\n    await resource.commit()",
            "async with open_unknown(make) as resource:\n    await resource.commit()",
            "",
            "make",
        ),
    ],
)
def test_a_safe_fix_binds_what_the_body_meant(
    tmp_path: Path, body: str, after: str, imports: str, parameters: str
) -> None:
    found = fate(tmp_path, body, imports, parameters)
    if after:
        assert (found.text, found.safety) == (after, Safety.SAFE), found
    else:
        assert found.safety is not Safety.SAFE


@pytest.mark.parametrize(
    ("body", "after", "imports", "parameters"),
    [
        probe(
            "lines_of_a_response_only_printed",
            "async for line in client.stream('GET', url):\n    print(line)",
            "which can be iterated, and the body does not tell",
            HTTPX,
            CLIENT,
        ),
        probe(
            "lines_of_a_response_formatted",
            "async for line in client.stream('GET', url):\n    out(f'> {line}', '%s' % line)",
            "which can be iterated, and the body does not tell",
            HTTPX,
            CLIENT,
        ),
        probe(
            "lines_of_a_response_yielded",
            "async for line in client.stream('GET', url):\n    yield line",
            "which can be iterated, and the body does not tell",
            HTTPX,
            CLIENT,
        ),
        probe(
            "lines_of_a_response_in_a_comprehension",
            "return [line async for line in client.stream('GET', url)]",
            "which can be iterated, and the body does not tell",
            HTTPX,
            CLIENT,
        ),
        probe(
            "bytes_of_a_response_taken_for_records",
            "async for line in client.stream('GET', url):\n    if line.startswith(b'data: '):\n        out(line)",
            "may cut anywhere",
            HTTPX,
            CLIENT,
        ),
        probe(
            "text_of_an_agent",
            "async for text in agent.run_stream('hello'):\n    print(text.upper())",
            "the whole text so far",
            "from pydantic_ai import Agent",
            "agent: Agent",
        ),
        probe(
            "a_new_pubsub",
            "async for message in connection.pubsub():\n    print(message['data'])",
            "nothing was set up",
            "import redis.asyncio as redis",
            "connection: redis.Redis",
        ),
        probe(
            "items_of_an_own_class_only_handed_on",
            "async for item in open_feed():\n    handle(item)",
            "which can be iterated, and the body does not tell",
            "",
            "handle",
        ),
        probe(
            "items_of_an_own_class_gathered",
            "found = []\nasync for item in open_feed():\n    stored(item, found)\n    found.append(item)",
            "which can be iterated, and the body does not tell",
        ),
        probe(
            "keys_of_the_dictionaries_of_an_own_class",
            "total = 0\nasync for item in open_records():\n    total += item['id']\nreturn total",
            "`item['id']` (line 10) does not fit what entering gives: an object of class `Records`",
        ),
        probe(
            "a_list_that_is_only_handed_on",
            "async for number in open_numbers():\n    handle(number)",
            "which can be iterated, and the body does not tell",
            "",
            "handle",
        ),
        probe(
            "an_unknown_resource",
            "async for resource in open_unknown(make):\n    await resource.execute('select 1')",
            "what entering gives is not known",
            "",
            "make",
        ),
    ],
)
def test_a_fix_that_may_bind_something_else_is_unsafe(
    tmp_path: Path, body: str, after: str, imports: str, parameters: str
) -> None:
    found = fate(tmp_path, body, imports, parameters)
    assert (found.disposition, found.safety) == (Disposition.FIX, Safety.UNSAFE), found
    assert after in found.reason


@pytest.mark.parametrize(
    ("body", "after", "imports", "parameters"),
    [
        probe(
            "an_attribute_that_neither_has",
            "async for item in open_feed():\n    print(item.price)",
            "`item.price` (line 9) does not fit what entering gives: an object of class `Feed` has no attribute",
        ),
        probe(
            "a_subscript",
            "async for item in open_mute():\n    print(item['id'])",
            "an object of class `Mute` cannot be subscripted with `'id'`",
        ),
        probe(
            "unpacking",
            "async for key, value in open_mute():\n    print(key, value)",
            "an object of class `Mute` cannot be unpacked into 2 parts",
        ),
        probe(
            "comparison_with_text",
            "async for item in open_mute():\n    if item == 'quit':\n        return",
            "an object of class `Mute` is nothing like `str`",
        ),
        probe(
            "addition",
            "async for item in open_mute():\n    print(item + 1)",
            "an object of class `Mute` is nothing like `int`",
        ),
        probe(
            "a_format",
            "async for item in open_mute():\n    print(f'{item:>10}')",
            "an object of class `Mute` cannot be formatted with a format",
        ),
        probe(
            "a_percent_format_of_a_number",
            "async for item in open_mute():\n    print('%d' % item)",
            "an object of class `Mute` cannot be formatted as a number",
        ),
        probe(
            "json",
            "async for item in open_mute():\n    print(json.loads(item))",
            "an object of class `Mute` is not an object of class `str`",
        ),
        probe(
            "a_call_that_is_not_awaitable",
            "async for item in open_feed():\n    await item()",
            "an object of class `Feed` cannot be called",
        ),
        probe(
            "two_iterating_methods",
            "async for item in open_two_ways():\n    print(item.upper())",
            "an object of class `TwoWays` has no attribute `upper`",
        ),
        probe(
            "a_use_after_the_loop",
            "async for item in open_mute():\n    last = item\nprint(item.label)",
            "an object of class `Mute` has no attribute `label`",
        ),
        probe(
            "a_use_by_another_name",
            "async for item in open_mute():\n    last = item\n    print(last.label)",
            "an object of class `Mute` has no attribute `label`",
        ),
        probe(
            "a_use_in_a_nested_function",
            "async for item in open_mute():\n    def show():\n        return item.label\n    print(show())",
            "an object of class `Mute` has no attribute `label`",
        ),
        probe(
            "a_use_in_a_comprehension_inside",
            "async for item in open_mute():\n    print([part for part in item])",
            "an object of class `Mute` cannot be iterated",
        ),
        probe(
            "attributes_of_the_dictionaries_of_an_own_class",
            "async for item in open_records():\n    print(item.id)",
            "an object of class `Records` has no attribute `id`",
        ),
        probe(
            "attributes_of_a_response_that_it_does_not_have",
            "async for event in client.stream('GET', url):\n    print(event.retry)",
            "an object of class `Response` has no attribute `retry`",
            HTTPX,
            CLIENT,
        ),
    ],
)
def test_a_use_that_nothing_fits_is_refused_by_its_name(
    tmp_path: Path, body: str, after: str, imports: str, parameters: str
) -> None:
    found = fate(tmp_path, body, imports, parameters)
    assert found.disposition is Disposition.REFUSE, found
    assert after in found.reason
