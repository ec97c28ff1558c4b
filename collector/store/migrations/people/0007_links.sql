-- Acts that name a visitor: identify, a confirmed opt-in with the box `link`, a mailed link. One row each under the id of its
-- message, so that a repeat is none; who the visitor was when follows from all of them (people/link-spans.ts), in whatever order
-- they came. Opt-ins without the box carry an address for mails and link nothing.
CREATE TABLE links_by_act (
  site INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  id TEXT NOT NULL,
  person TEXT REFERENCES persons (id) ON DELETE SET NULL, -- null: somebody was here who is not linked any more
  via TEXT NOT NULL,
  since_at INTEGER NOT NULL,
  ended_at INTEGER,                                       -- when the link was taken back
  relay INTEGER NOT NULL DEFAULT 0,                       -- 1: EVENTS is still to hear of it
  PRIMARY KEY (site, visitor, id)
);
INSERT INTO links_by_act (site, visitor, id, person, via, since_at)
SELECT l.site, l.visitor, printf('%012x', l.since_at) || lower(hex(randomblob(6))), l.person, l.via, l.since_at FROM links l
WHERE l.via <> 'opt-in' OR EXISTS (
  SELECT 1 FROM opt_ins o WHERE o.site = l.site AND o.person = l.person AND o.visitor = l.visitor AND o.state = 'confirmed'
    AND json_extract(o.boxes, '$.link') = 1
);
DROP TABLE links;
ALTER TABLE links_by_act RENAME TO links;
CREATE INDEX links_person ON links (person);
CREATE INDEX links_relay ON links (site) WHERE relay = 1;

-- Tokens of mailed links, hashed. One opens a few browsers and no more: mails are forwarded.
CREATE TABLE link_tokens (
  hash TEXT PRIMARY KEY,
  site INTEGER NOT NULL,
  person TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX link_tokens_person ON link_tokens (person);
CREATE INDEX link_tokens_expiry ON link_tokens (expires_at);
CREATE TABLE link_openings (
  token TEXT NOT NULL REFERENCES link_tokens (hash) ON DELETE CASCADE,
  visitor INTEGER NOT NULL,
  PRIMARY KEY (token, visitor)
) WITHOUT ROWID;

-- The people screens list opt-ins by the moment they were given, and persons by when they became known and how.
CREATE INDEX opt_ins_captured ON opt_ins (site, captured_at);
CREATE INDEX persons_created ON persons (site, created_at);
CREATE INDEX identities_person ON identities (person);
