"""A journalist interviews a cook, before and after something happens; then two people after a panel.

Run it:  python docs/examples/interview/interview.py
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Literal

from troupe_core import Agent, Run, Simulation, use

JOURNALIST = "A journalist"
Mood = Literal["rather yes", "I do not know", "rather no"]

AMARA = {
    "name": "Amara Okafor",
    "age": 29,
    "residence": "Bristol, England",
    "occupation": "cook in a small bistro",
    "style": "Lively and warm, full of images.",
    "beliefs": ["A tomato has to be smelled before it is bought", "Good cooking starts with what the market has today"],
    "long_term_goals": ["To open a kitchen of her own with eight tables"],
    "preferences": {"likes": ["markets before sunrise"], "dislikes": ["groceries chosen by a machine"]},
}
HENRIK = {
    "name": "Henrik Lund",
    "age": 52,
    "residence": "Aarhus, Denmark",
    "occupation": "data protection officer",
    "style": "Dry and exact.",
    "beliefs": ["What is collected is used one day"],
    "preferences": {"likes": ["devices one can switch off"], "dislikes": ["terms of use"]},
}


async def asked(agent: Agent, question: str, schema: Any = None) -> Any:
    """Put a question, and print it with its answer."""
    answer = await agent.ask(question, schema=schema, by=JOURNALIST)
    print(f"\n{JOURNALIST}: {question}")
    print(f"{agent.name}:{written(answer)}")
    return answer


def written(answer: Any) -> str:
    """An answer of any form, as people would write it down."""
    if isinstance(answer, bool):
        return " Yes." if answer else " No."
    if isinstance(answer, list):
        return "".join(f"\n  - {each}" for each in answer)
    return f" {answer}"


async def one_person(persona: Mapping[str, Any], llm: str) -> None:
    """An interview without any world: asked in prose and in forms, told something, asked again."""
    print(f"# {persona['name']}")
    async with Agent(persona, llm=llm) as somebody:
        await asked(somebody, "Who are you?")
        await asked(somebody, "What do you think of a fridge that orders groceries by itself?")
        await asked(somebody, "Would you have one at home?", bool)
        await asked(somebody, "And if it were a present?", Mood)
        await asked(somebody, "Give me three reasons.", list[str])

        print("\n* The fridge has just ordered forty kilos of tomatoes.")
        reaction = await somebody.tell("The fridge has just ordered forty kilos of tomatoes.", by=None)
        print(reaction)

        await asked(somebody, "Do you see it differently now?", Mood)


async def after_a_panel(llm: str) -> Run:
    """Two people talk; then each is asked alone, and remembers what was said."""
    run = await Simulation(
        [AMARA, HENRIK],
        environment=use("room", topic="a fridge that orders groceries by itself"),
        llm=llm,
        name="panel",
        steps=4,
    ).run()
    print(f"\n{run.transcript()}")
    for name in run.personas:
        print(f"\n# {name}, afterwards")
        async with Agent.from_run(run, name) as somebody:
            await asked(somebody, "What do you think of the fridge, now that you have talked about it?")
            await asked(somebody, "Would you buy one?", bool)
    return run


async def main(llm: str = "mock") -> None:
    """Both parts, one after the other; for another model: ``main("openai:gpt-…")``."""
    await one_person(AMARA, llm)
    await after_a_panel(llm)


if __name__ == "__main__":
    asyncio.run(main())
