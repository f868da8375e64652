-- Whoever agrees to somebody else's export must know what it is for.
alter table audit_exports add column reason text not null default '';
