"""The questions a rule may ask, answered by the resolver for one snapshot."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property

from repairbot.protocols import offers, results
from repairbot.protocols.objects import ObjectFacts
from repairbot.protocols.resolver import Assumption, Resolver
from repairbot.protocols.resources import yields_once
from repairbot.protocols.scopes import Place, Scope, place_of
from repairbot.protocols.store_search import patches
from repairbot.protocols.stores import Store
from repairbot.protocols.uses import Uses, uses_of
from repairbot.protocols.values import Class, Function, Known, Unknown, Value
from repairbot.protocols.variants import contradiction
from repairbot.rule import Site
from repairbot.scan.guards import Guards
from repairbot.scan.observed_error import ObservedError
from repairbot.source.snapshot import Snapshot


class Inquiry:
    """Implements `Ask` of the rule contract."""

    def __init__(self, snapshot: Snapshot, observed: Sequence[ObservedError] = ()) -> None:
        self.snapshot = snapshot
        self.observed = tuple(observed)
        self._uses: dict[ast.AST, Uses] = {}
        self._attested: dict[ast.AST, frozenset[str]] = {}
        self.guards = Guards()
        self._contradictions: dict[Assumption, Unknown | None] = {}

    @cached_property
    def resolver(self) -> Resolver:
        return Resolver(self.snapshot)

    def resolve(self, site: Site) -> tuple[Value, frozenset[Assumption]]:
        """The value of a site's expression, and the attribute look-ups it rests on."""
        return self.resolver.ask(site.expression, self.place(site))

    def contradiction(self, cls: Class, name: str) -> Unknown | None:
        """What in a subclass speaks against an attribute as the class has it."""
        key = (cls, name)
        if key not in self._contradictions:
            self._contradictions[key] = contradiction(self.resolver, cls, name)
        return self._contradictions[key]

    def patches_of(self, name: str) -> Iterator[Store]:
        """What test files replace under a name until a test is over."""
        return patches(self.resolver, name)

    def place(self, site: Site) -> Place:
        module = self.resolver.module(site.file)
        assert isinstance(module, Scope)  # the site was found in its tree
        if isinstance(site.node, ast.comprehension):
            return place_of(module, site.ancestors, site.node)
        return place_of(module, (*site.ancestors, site.node), site.expression)

    def value_of(self, site: Site, expression: ast.expr) -> Value:
        return self.resolver.ask(expression, self.place(site))[0]

    def has(self, value: Known | Unknown, dunder: str) -> bool | None:
        return offers.has(self.resolver, value, dunder)

    def has_attribute(self, value: Known | Unknown, name: str) -> bool | None:
        return offers.has_attribute(self.resolver, value, name)

    def entered(self, value: Value) -> Value:
        return results.entered(self.resolver, value, is_async=True)

    def iterated(self, value: Value) -> Value:
        return results.iterated(self.resolver, value, is_async=True)

    def yields_once(self, function: Function) -> bool:
        return yields_once(self.resolver, function)

    @cached_property
    def objects(self) -> ObjectFacts:
        return ObjectFacts(self.resolver, self.contradiction)

    def scope_of(self, site: Site) -> Scope:
        return self.place(site).scope

    def attested(self, function: Function) -> frozenset[str]:
        # Only what plans a fix asks, and only then is it imported.
        from repairbot.repair.attested import attested

        node = function.scope.node
        if node not in self._attested:
            self._attested[node] = frozenset(attested(self.snapshot, function, self.uses_of(function)))
        return self._attested[node]

    def why_unknown(self, value: Known | Unknown) -> Unknown:
        return offers.unknown_reason(self.resolver, value)

    def uses_of(self, function: Function) -> Uses:
        node = function.scope.node
        if node not in self._uses:
            self._uses[node] = uses_of(self.resolver, self.snapshot, function)
        return self._uses[node]
