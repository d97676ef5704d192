"""An archive of articles made into parallel text: on one machine by itself, on many through Ray.

sources    the articles: files, records of dumps
manifest   what is done, failed or waiting
changes    what has changed in a glossary, and which articles that touches
planning   what is to be made
desk       one engine, asked by many at once
station    a place where articles are made into results
shards     the files that hold them
rollout    a new spelling put into remembered drafts
warming    what every process needs, read once
local      processes on this machine
ray        machines of a Ray cluster
counting   what the results of an article hold, in numbers
report     the whole run on one page
"""
