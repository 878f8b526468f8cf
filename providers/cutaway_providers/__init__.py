"""Adapters: one package or module per provider. The engine finds them by entry point and never names one."""
