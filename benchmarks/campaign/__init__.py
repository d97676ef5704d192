"""The campaign against lost work and hostile input: mutated files, kills, writers at once; `make campaign SCALE=10`.

    mutating  what is done to a file's text or bytes
    targets   which files, and the commands that read them
    running   one try after the other, failures kept; python -m benchmarks.campaign
    bombs     files made to cost time or memory, each given to its command in a process of its own
    writing   every command that writes, and what its folder holds
    forking   a command in a forked process
    killing   kills at random moments, writers at once
    cutting   a kill at each system call that writes (needs strace)

A failure is: an exception that is none of ours, a problem of the kind "internal", more than ten seconds, more than a
gigabyte, a file that is neither as it was nor as it should be, anything left over after the next run.
"""
