"""What is declared well."""

from troupe_core.plugin import Component, hookimpl


@hookimpl
def troupe_modalities():
    eye = Component(name="kit-eye", summary="Weighs.", factory="kit_eyes.eye:Eye", config="kit_eyes.config:EyeConfig")
    return [eye]
