"""Whole archives: the same coder over millions of articles, shard by shard, on Spark, on Slurm or on one machine.

An archive is a folder that only grows. A shard is coded by a pure function (`shard`), its rows are written to files of
their own names (`output`), and what counts is what its entry in the manifest names (`manifest`).
"""
