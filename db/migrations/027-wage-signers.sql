-- Who signed for whom over all sites, without opening a name: a keyed hash, as of phones. Links that were there before get theirs at
-- the next start (server/wages/hash-signers.ts), since only the server has the key.
alter table worksite_parties add column signer_hash text;
create index worksite_parties_by_signer on worksite_parties (signer_hash) where signer_hash is not null;
create index worksite_parties_unhashed on worksite_parties (subdistrict, id) where signer is not null and signer_hash is null;
