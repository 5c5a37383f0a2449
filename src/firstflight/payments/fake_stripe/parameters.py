# SPDX-License-Identifier: Apache-2.0
"""Judges request parameters by the official client's own typed parameter classes.

Owns reading `stripe.params` (TypedDicts, nested ones too), refusing unknown, missing and ill-typed
values, and turning text into numbers and booleans. What a value means is up to each resource.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, ForwardRef, Literal, NotRequired, Required, Union, get_args, get_origin

import stripe
from stripe import RequestOptions
from typing_extensions import is_typeddict

from firstflight.payments.fake_stripe.errors import (
    ApiError,
    ParameterEmpty,
    ParameterInvalid,
    ParameterMissing,
    ParameterNotInteger,
    ParameterUnknown,
)

Check = Callable[[Any, str], Any]

OPTIONS = frozenset(RequestOptions.__annotations__)
INTEGER = re.compile(r"-?\d{1,18}")


def validate(class_name: str, values: dict[str, Any]) -> dict[str, Any]:
    """The parameters with their types, judged by `stripe.params.<class_name>`.

    Raises `ParameterUnknown`, `ParameterMissing`, `ParameterEmpty`, `ParameterNotInteger` or
    `ParameterInvalid`, each with the name of the parameter in `param`.
    """
    result: dict[str, Any] = _checker(getattr(stripe.params, class_name))(values, "")
    return result


def names(class_name: str) -> frozenset[str]:
    """The parameters a request of this class may carry, without the client's own options."""
    return frozenset(getattr(stripe.params, class_name).__annotations__) - OPTIONS


@cache
def _checker(cls: Any) -> Check:
    """Check one TypedDict; its fields are compiled when first needed."""
    fields: dict[str, Check] = {}
    annotations = {k: v for k, v in cls.__annotations__.items() if k not in OPTIONS}
    required = [name for name in annotations if name in cls.__required_keys__]
    scope = vars(sys.modules[cls.__module__])

    def check(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ParameterInvalid(f"Invalid {path}: a map of values was expected.", param=path)
        unknown = [_join(path, name) for name in value if name not in annotations]
        if unknown:
            raise ParameterUnknown(f"Unknown parameter: {', '.join(unknown)}.", param=unknown[0])
        for name in required:
            if name not in value:
                param = _join(path, name)
                raise ParameterMissing(f"Required parameter is missing: {param}.", param=param)
        for name in value.keys() - fields.keys():
            fields[name] = _compile(annotations[name], scope)
        return {name: fields[name](item, _join(path, name)) for name, item in value.items()}

    return check


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _compile(hint: Any, scope: dict[str, Any]) -> Check:
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        # The client writes its types as text to load them late; nothing from a request gets here.
        hint = eval(hint, scope)  # noqa: S307
    origin = get_origin(hint)
    if origin in (NotRequired, Required):
        return _compile(get_args(hint)[0], scope)
    if is_typeddict(hint):
        return _checker(hint)
    if origin is Literal:
        return _one_of([str(value) for value in get_args(hint)])
    if origin is list:
        return _list_of(_compile(get_args(hint)[0], scope))
    if origin is dict:
        return _map_of(_compile(get_args(hint)[1], scope))
    if origin is Union or type(hint).__name__ == "UnionType":
        return _union(get_args(hint), scope)
    return SCALARS.get(hint, _refuse)


def _union(hints: tuple[Any, ...], scope: dict[str, Any]) -> Check:
    """One of several types.

    `Literal[...] | str` is how the client leaves room for values of later versions; the server of
    a pinned version takes the named ones only. `Literal['']` beside a type means it may be cleared.
    """
    clearable = any(get_origin(hint) is Literal and get_args(hint) == ("",) for hint in hints)
    rest = [hint for hint in hints if get_args(hint) != ("",)]
    if any(get_origin(hint) is Literal for hint in rest):
        rest = [hint for hint in rest if hint is not str]
    checks = [_compile(hint, scope) for hint in rest]

    def check(value: Any, path: str) -> Any:
        if clearable and value == "":
            return ""
        failure: ApiError | None = None
        for attempt in checks:
            try:
                return attempt(value, path)
            except (ParameterInvalid, ParameterNotInteger, ParameterEmpty) as error:
                failure = error
        raise failure or ParameterInvalid(f"Invalid {path}.", param=path)

    return check


def _one_of(choices: list[str]) -> Check:
    def check(value: Any, path: str) -> str:
        if value not in choices:
            listed = ", ".join(choice or "an empty string" for choice in choices)
            raise ParameterInvalid(f"Invalid {path}: must be one of {listed}.", param=path)
        return str(value)

    return check


def _list_of(item: Check) -> Check:
    def check(value: Any, path: str) -> list[Any]:
        if value == "":
            return []
        if not isinstance(value, dict) or not all(key.isdigit() for key in value):
            raise ParameterInvalid(f"Invalid {path}: a list was expected.", param=path)
        ordered = sorted(value.items(), key=lambda pair: int(pair[0]))
        return [item(entry, f"{path}[{index}]") for index, entry in ordered]

    return check


def _map_of(item: Check) -> Check:
    def check(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ParameterInvalid(f"Invalid {path}: a map of values was expected.", param=path)
        # An empty value in a map asks for the key to be removed.
        return {k: "" if v == "" else item(v, f"{path}[{k}]") for k, v in value.items()}

    return check


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise ParameterInvalid(f"Invalid {path}: a text was expected.", param=path)
    if value == "":
        raise ParameterEmpty(f"{path} was sent empty, but it cannot be cleared.", param=path)
    return value


def _integer(value: Any, path: str) -> int:
    if not isinstance(value, str) or not INTEGER.fullmatch(value):
        raise ParameterNotInteger(f"Invalid {path}: a whole number was expected.", param=path)
    return int(value)


def _boolean(value: Any, path: str) -> bool:
    if value not in ("true", "false"):
        raise ParameterInvalid(f"Invalid {path}: true or false was expected.", param=path)
    return bool(value == "true")


def _decimal(value: Any, path: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise ParameterInvalid(f"Invalid {path}: a number was expected.", param=path)
    return value


def _refuse(value: Any, path: str) -> Any:
    raise ParameterInvalid(f"Invalid {path}.", param=path)


SCALARS: dict[Any, Check] = {
    str: _text,
    int: _integer,
    bool: _boolean,
    float: _decimal,
    Decimal: _decimal,
}
