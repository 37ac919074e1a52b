"""Many changes of one table in one step: Django rebuilds its picture of all models after each, and SQLite the table too."""

from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation


class Together(Operation):
    """What the two have in common: `parts` of one model, known to the state with a single rebuilding of it."""

    reversible = True

    def __init__(self, model_name: str, **parts: Any) -> None:
        self.model_name, self.parts = model_name, parts
        self.many = next(iter(parts.values()))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the operation is written down."""
        return type(self).__name__, [], {"model_name": self.model_name, **self.parts}

    def describe(self) -> str:
        """For `migrate`."""
        return f"Add {len(self.many)} {next(iter(self.parts))} to {self.model_name}"


class AddConstraints(Together):
    """As many AddConstraint; constraints: a list. On SQLite the table is made anew once."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model knows them all."""
        options = state.models[app_label, self.model_name].options
        options["constraints"] = [*options.get("constraints", []), *self.many]
        state.reload_model(app_label, self.model_name, delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """One new table on SQLite, else one after another."""
        self._each(app_label, schema_editor, to_state, schema_editor.add_constraint)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take them away again."""
        self._each(app_label, schema_editor, to_state, schema_editor.remove_constraint)

    def _each(self, app_label: str, schema_editor: Any, state: Any, change: Any) -> None:
        model = state.apps.get_model(app_label, self.model_name)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor._remake_table(model)
            return
        for constraint in self.many:
            change(model, constraint)


class AddNullable(Together):
    """As many AddField; fields: name → field, each of which may be null, so that no engine copies the table."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model knows them all."""
        for name, field in self.many.items():
            assert field.null, name
            state.models[app_label, self.model_name].fields[name] = field.clone()
        state.reload_model(app_label, self.model_name, delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """A column each."""
        before = from_state.apps.get_model(app_label, self.model_name)
        after = to_state.apps.get_model(app_label, self.model_name)
        for name in self.many:
            schema_editor.add_field(before, after._meta.get_field(name))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take them away again."""
        before: type[models.Model] = from_state.apps.get_model(app_label, self.model_name)
        for name in reversed(self.many):
            schema_editor.remove_field(before, before._meta.get_field(name))
