from __future__ import annotations

from pathlib import Path

from repairbot.evidence.impact import EntryPoint, Reach
from repairbot.impact.call_paths import MOST_LISTED
from tests.evidence.targets import CORE, impact, impacts, reach

IMPORT = "from core import broken\n\n"
SERVICE = """
from core import broken


class Service:
    def __init__(self, repository=None):
        self.repository = repository

    async def answer(self):
        await broken()

    @property
    def pending(self):
        return broken()

    async def __call__(self):
        await self.answer()
"""


def names(known: Reach) -> list[str]:
    return [one.name for one in known.entry_points]


def path(entry: EntryPoint) -> list[str]:
    return [f"{hop.path}:{hop.line} {hop.function}" for hop in entry.hops]


def test_each_hop_is_the_place_in_its_function_that_leads_on(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "service.py": SERVICE,
            "app.py": """
            from fastapi import FastAPI
            from service import Service

            app = FastAPI()
            service = Service()


            @app.get("/answer")
            async def answer():
                return await service.answer()
            """,
        },
    )
    assert path(known.entry_points[0]) == [
        "app.py:10 answer",
        "service.py:9 Service.answer",
        "core.py:10 broken",
    ]
    assert known.entry_points[0].declared is not None
    assert (known.entry_points[0].declared.path, known.entry_points[0].declared.line) == ("app.py", 8)


def test_dependencies_are_followed_also_through_an_annotated_alias_and_a_router(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "deps.py": """
            from typing import Annotated
            from fastapi import APIRouter, Depends
            from core import broken

            async def session():
                return await broken()

            async def user(session=Depends(session)):
                return session

            User = Annotated[object, Depends(user)]
            router = APIRouter(dependencies=[Depends(user)])
            """,
            "app.py": """
            from fastapi import FastAPI
            from deps import User, router

            app = FastAPI()

            @app.get("/aliased")
            async def aliased(user: User):
                return user

            @router.get("/routed")
            async def routed():
                return 1
            """,
        },
    )
    assert set(names(known)) == {"GET /aliased", "GET /routed"}


def test_methods_are_found_through_attributes_properties_subclasses_and_the_class_itself(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "service.py": SERVICE,
            "tests/test_service.py": """
            from service import Service

            class Special(Service):
                async def more(self):
                    await self.answer()

            class Holder:
                def __init__(self):
                    self.service = Service()

                async def go(self):
                    await self.service.answer()

            async def test_attribute():
                await Holder().go()

            async def test_property():
                await Service().pending

            async def test_subclass():
                await Special().more()

            async def test_called():
                await Service()()
            """,
        },
    )
    assert {name.partition("::")[2] for name in names(known)} == {
        "test_attribute",
        "test_property",
        "test_subclass",
        "test_called",
    }


def test_a_call_through_an_abstract_class_may_reach_what_fills_it_in(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "stores.py": """
            from abc import ABC, abstractmethod
            from core import broken

            class Store(ABC):
                @abstractmethod
                async def load(self): ...

            class Rows(Store):
                async def load(self):
                    return await broken()
            """,
            "test_stores.py": """
            from stores import Store

            async def loaded(store: Store):
                return await store.load()

            async def test_it():
                await loaded(None)
            """,
        },
    )
    assert names(known) == ["test_stores.py::test_it"]


def test_nested_functions_lambdas_and_callbacks_lead_to_whoever_hands_them_on(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "test_it.py": """
            import asyncio
            from core import broken

            def decorated(function):
                async def inner():
                    await broken()
                    await function()
                return inner

            def scheduled(loop):
                loop.call_soon(lambda: broken())

            @decorated
            async def test_decorated():
                pass

            def test_callback():
                scheduled(asyncio.new_event_loop())

            def test_passed():
                asyncio.get_event_loop().run_in_executor(None, broken)
            """
        },
    )
    assert {name.partition("::")[2] for name in names(known)} == {"test_decorated", "test_callback", "test_passed"}


def test_a_table_of_functions_leads_to_whoever_reads_it(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "table.py": "from core import broken\n\nHANDLERS = {'start': broken}\n",
            "test_table.py": """
            from table import HANDLERS

            async def test_start():
                await HANDLERS["start"]()
            """,
        },
    )
    assert names(known) == ["test_table.py::test_start"]


def test_a_function_of_the_same_name_is_told_apart(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "other.py": "async def broken():\n    pass\n",
            "test_other.py": "from other import broken\n\nasync def test_it():\n    await broken()\n",
        },
    )
    assert (names(known), known.other_roots, known.unfollowed) == ([], 1, 0)


def test_uses_that_could_not_be_told_are_counted(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "service.py": SERVICE,
            "app.py": "async def go(service):\n    await service.answer()\n    await service.answer()\n",
        },
    )
    assert known.unfollowed == 2


def test_callers_that_nothing_calls_are_other_roots(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "api.py": "from core import broken\n\nasync def one():\n    await broken()\n\n"
            "async def two():\n    await one()\n"
        },
    )
    assert (known.entry_points, known.other_roots) == ((), 1)


def test_what_a_module_runs_by_itself_is_an_other_root_unless_it_is_a_program(tmp_path: Path) -> None:
    known = reach(tmp_path, {"api.py": "import asyncio\nfrom core import broken\n\nasyncio.run(broken())\n"})
    assert (known.entry_points, known.other_roots) == ((), 1)


def test_the_way_listed_is_the_shortest(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {
            "test_it.py": """
            from core import broken

            async def step():
                await broken()

            async def test_it():
                await step()
                await broken()
            """
        },
    )
    assert path(known.entry_points[0]) == ["test_it.py:8 test_it", "core.py:10 broken"]


def test_production_is_listed_first_and_what_is_not_listed_is_counted(tmp_path: Path) -> None:
    tests = "from core import broken\n" + "".join(
        f"async def test_{n}():\n    await broken()\n" for n in range(MOST_LISTED + 5)
    )
    app = """
    from fastapi import FastAPI
    from core import broken

    app = FastAPI()

    async def deeper():
        await broken()

    @app.get("/")
    async def home():
        await deeper()
    """
    known = reach(tmp_path, {"test_it.py": tests, "app.py": app})
    assert len(known.entry_points) == MOST_LISTED
    assert known.more == 6
    assert names(known)[0] == "GET /"


def test_a_cycle_of_calls_ends(tmp_path: Path) -> None:
    known = reach(
        tmp_path,
        {"api.py": f"{IMPORT}async def a():\n    await broken()\n    await b()\nasync def b():\n    await a()\n"},
    )
    assert known.entry_points == ()


def test_a_search_without_time_says_so_and_still_knows_the_function_itself(tmp_path: Path) -> None:
    files = {"core.py": CORE, "test_it.py": CORE.replace("broken", "test_broken")}
    known = impacts(tmp_path, files, seconds=0.0)
    limits = {one.reach.limit for one in known.values() if one.reach}
    assert limits == {"the time for this search was up before every caller was looked at"}
    assert {one.severity.level for one in known.values() if one.severity} == {"unreached", "tests only"}


def test_a_route_of_a_test_is_no_production(tmp_path: Path) -> None:
    route = "@app.get('/')\nasync def home():\n    await broken()\n"
    app = f"from fastapi import FastAPI\n{IMPORT}app = FastAPI()\n\n{route}"
    assert [one.production for one in reach(tmp_path, {"tests/app.py": app}).entry_points] == [False]


def test_a_finding_at_the_top_of_a_program_is_reached_by_running_it(tmp_path: Path) -> None:
    text = CORE + "\nif __name__ == '__main__':\n    import asyncio\n    asyncio.run(broken())\n"
    known = impact(tmp_path, {"shop/tool.py": text, "shop/__init__.py": ""}).reach
    assert known is not None
    assert names(known) == ["python -m shop.tool"]


def test_a_file_that_mentions_the_name_but_is_no_python_is_told(tmp_path: Path) -> None:
    known = reach(tmp_path, {"old.py": "from core import broken\nprint broken()\n"})
    assert known.limit == "1 file that mentions a name on the way was not looked at"


def test_a_call_that_is_compared_is_a_call(tmp_path: Path) -> None:
    test = "import asyncio\nfrom core import broken\n\ndef test_it():\n    assert asyncio.run(broken()) == 1\n"
    assert names(reach(tmp_path, {"tests/test_core.py": test})) == ["tests/test_core.py::test_it"]


def test_a_function_that_is_itself_compared_is_not_run(tmp_path: Path) -> None:
    test = "from core import broken\n\ndef test_it():\n    assert broken == broken\n"
    assert names(reach(tmp_path, {"tests/test_core.py": test})) == []
