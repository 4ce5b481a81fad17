"""Forms and their fields: the questions, the errors in the answers, and drafts."""

from ult_desktop.ui.kit.forms.choice_fields import (
    ChoiceField,
    ComboBox,
    KnownNameField,
    RadioField,
    TickField,
    TicksField,
)
from ult_desktop.ui.kit.forms.command_fields import CommandFields
from ult_desktop.ui.kit.forms.date_fields import DateField, HoursField, TimeField
from ult_desktop.ui.kit.forms.drafts import Draft, DraftFields, DraftKeeper
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.file_fields import FileField, FolderField, LogoField
from ult_desktop.ui.kit.forms.form import FlatForm, Form
from ult_desktop.ui.kit.forms.text_fields import (
    LineField,
    LinesField,
    NumberField,
    NumbersField,
    SecretField,
    TextField,
    WordsField,
    WordsListField,
)

__all__ = [
    "ChoiceField",
    "ComboBox",
    "CommandFields",
    "DateField",
    "Draft",
    "DraftFields",
    "DraftKeeper",
    "Field",
    "FileField",
    "FlatForm",
    "FolderField",
    "Form",
    "HoursField",
    "KnownNameField",
    "LineField",
    "LinesField",
    "LogoField",
    "NumberField",
    "NumbersField",
    "RadioField",
    "SecretField",
    "TextField",
    "TickField",
    "TicksField",
    "TimeField",
    "WordsField",
    "WordsListField",
]
