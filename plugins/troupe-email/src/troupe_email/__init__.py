"""Mail: a post office inside the simulation, and real mail where the study grants it."""
