"""How much room our own machines have now: facts of GPUs, queues and servers, turned into `routing.conditions.Pool`.

What cannot be found out is unknown, and unknown is never free.
"""

from cutaway.jobs.capacity.options import PoolOptions, own_of, pools_of
from cutaway.jobs.capacity.pools import Pools

__all__ = ["PoolOptions", "Pools", "own_of", "pools_of"]
