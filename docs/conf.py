"""How the manual is built: ``tox run -e docs``."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import attrs
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

project = "Troupe"
author = "The Troupe developers"
project_copyright = "2026, The Troupe developers"
release = version = version_of("troupe-core")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx_click",
    "author_reference",
    "config_reference",
    "quality_reference",
]
exclude_patterns = ["_build", "examples"]
smartquotes = False  # an option's two dashes and a text's quotation marks stay what they are
default_role = "literal"  # docstrings write names as they stand in the code

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True, "show-inheritance": True}
autodoc_typehints = "signature"
autodoc_use_type_comments = False
autodoc_preserve_defaults = True
add_module_names = False
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = f"Troupe {release}"
html_copy_source = False
html_show_copyright = False
html_static_path = ["static"]
html_css_files = ["settings.css"]


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-signature", with_defaults_as_written)


def with_defaults_as_written(
    _app: Sphinx, what: str, _name: str, documented: Any, _options: Any, signature: str | None, returns: str | None
) -> tuple[str, str | None] | None:
    """The signature of an attrs class without attrs' own words for defaults."""
    if what != "class" or signature is None or not attrs.has(documented):
        return None
    for each in attrs.fields(documented):
        signature = signature.replace(f"attr_dict['{each.name}'].default", repr(each.default))
    return signature.replace("NOTHING", "…"), returns
