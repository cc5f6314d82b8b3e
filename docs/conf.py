"""How the manual is built: ``tox run -e docs``."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Troupe"
author = "The Troupe developers"
release = version = version_of("troupe-core")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click", "config_reference"]
exclude_patterns = ["_build", "examples"]
smartquotes = False  # an option's two dashes and a text's quotation marks stay what they are
default_role = "literal"  # docstrings write names as they stand in the code

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_typehints = "signature"
autodoc_use_type_comments = False
autodoc_preserve_defaults = True

html_theme = "furo"
html_title = f"Troupe {release}"
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["settings.css"]
