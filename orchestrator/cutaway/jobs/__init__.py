"""The jobs room: RQ behind one port. A job is only a wake-up; the ledger knows what there is to do."""
