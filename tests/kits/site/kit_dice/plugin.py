"""What is declared well."""

from troupe_core.plugin import Component, hookimpl


@hookimpl
def troupe_tools():
    return [
        Component(
            name="kit-dice", summary="Throws dice.", factory="kit_dice.tool:Dice", config="kit_dice.config:DiceConfig"
        )
    ]
