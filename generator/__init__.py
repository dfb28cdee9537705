"""Twicetold finds the articles of a folder that were told twice and builds a static site that shows it.

Where things are:

- `cli` arguments in, messages and exit codes out; `commands/` one module a command: flags, the clock and all that
  is printed; `settings` reads twicetold.toml, environment variables and flags; `rules` are the settings as values.
- `api` the same from Python.
- `build` is the whole flow on one screen; `making` all of it once the articles are read.
- `read/` folder → articles: `files` opens each, `parts` lets several workers read one table; one module for each
  format, the wire's datelines and credits, ids, languages.
- `anonymise` articles and reviews → the same under neutral names; `names_left` where the true ones still stand;
  `parties` whose an article is, and when two names are one.
- `prepare`, `fingerprint` article → words and sentences → keys with weights; `numerals` its figures,
  `days` the days it names; `stack` the keys of all articles as one matrix; `agreement` how far the figures, names and days of
  two agree, `telling` how far what they tell, and in what order, `raising` what can raise a score; `formula` what look-alikes
  at odds in their figures share; `frequent` what too many hold; `rarity` whether two share what few hold; `score` → match or not.
- `wordlist` how frequent words are; `vocabulary` what postings hold of a word; `lexicon` lists of words, and `laid_out` what
  libraries carry packed, laid out once.
- `engines/` where that work is done; what comes out is the same wherever it is.
- `overlap`, `cluster`, `lineage` matches → clusters, each with its anchor and everybody's parent; `sources` the further
  sources of articles that mix several; `set_aside` an article's formula → phrases that a reader can find.
- `compare/` two articles → passages, aligned sentences, diff, facts, verdict, likely source, readability; `report`
  puts them together.
- `pages/` findings → one frozen value for each page; `render` page → HTML; `template_folders` where templates lie;
  `export` findings → CSV and JSON; `percent` shares as people read them.
- `pairing` two articles by themselves → what a build would say of them; `terminal` their page in a terminal;
  `why` what made them match or not, `standing` how a build tells them.
- `gate` the data of a built site → the pairs over a limit, and a summary in Markdown;
  `verify` what is wrong with a built site; `digests` which of its files are not as they were built.
- `reviews` reviewers' marks, and which of them hold; `read/reviews` reads their files.
- `serve` a site on the loopback, with a script that reloads its pages.
- `cache` keys → bytes on disk; `retell` clusters told before, from it; `unchanged` whether anything is to be done at all;
  `plain` frozen values ↔ lists.
- `write` the site folder, swapped in whole; `identity` what a build is named by; `project` starts a new one;
  `errors` what can go wrong; `watch` who is shown how far a build is.
- `values` what passes between the rooms, `found` and `findings` what finding gives, `evidence` what is told about a
  pair beyond its numbers, `outputs` what leaves them; `spill` where the texts of a large folder lie;
  `frozen` makes the classes of all values; `patterns` compiles patterns, once.
"""
