"""One writer of every status: the ledger."""

import ast

from tests.house.code import modules, tree, where

BULK = {"update", "bulk_update", "update_or_create", "bulk_create"}


def targets(node: ast.AST) -> list[ast.expr]:
    """What an assignment assigns to, tuples unpacked."""
    if isinstance(node, ast.Assign):
        found = list(node.targets)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        found = [node.target]
    else:
        return []
    return [part for one in found for part in (one.elts if isinstance(one, ast.Tuple | ast.List) else [one])]


def says_status(node: ast.AST) -> bool:
    """The string "status" itself."""
    return isinstance(node, ast.Constant) and node.value == "status"


def writes_status(node: ast.AST) -> bool:
    """`x.status = …`, `setattr(x, "status", …)`, `.update(status=…)`, `.bulk_update(rows, ["status"])`."""
    if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets(node)):
        return not (isinstance(node, ast.AnnAssign) and node.value is None)
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in {"setattr", "__setattr__"}:
        return any(map(says_status, node.args))
    if called == "update":
        return any(word.arg == "status" for word in node.keywords)
    return called == "bulk_update" and any(says_status(part) for part in ast.walk(node))


def test_a_status_is_written_only_by_the_ledger():
    found = [
        where(file, node)
        for name, file in modules().items()
        if not name.startswith("reception.core.ledger")
        for node in ast.walk(tree(file))
        if writes_status(node)
    ]
    assert found == []


def test_every_way_past_the_ledger_is_seen():
    """Negative control."""
    ways = [
        "x.status = 1",
        "a, x.status = 1, 2",
        "x.status += 1",
        "setattr(x, 'status', 1)",
        "rows.update(status=1)",
        "M.objects.bulk_update(rows, ['status'])",
        "M.objects.bulk_update(rows, fields=('no', 'status'))",
    ]
    assert [way for way in ways if not any(map(writes_status, ast.walk(ast.parse(way))))] == []
    fair = ["x.state = 1", "rows.update(no=1)", "rows.filter(status=1)", "status = 1", "d = {'status': 1}"]
    assert [way for way in fair if any(map(writes_status, ast.walk(ast.parse(way))))] == []
