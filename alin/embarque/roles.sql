-- The database's roles, for psql, run by a superuser; may be run again. Used by `make demo` and by docker-compose.yml.
--   alin_proprietaire owns the database "alin": migrations are its work;
--   alin is the portal: it reads and writes rows, and can neither change a table nor empty one;
--   alin_purge nobody signs in with: the portal takes it, and nothing of it by default, to purge the registers;
--   alin_agent nobody signs in with: the portal takes it for the length of a page of a company's agent, to read less;
--   sne owns the database of the registry's simulator.
\set ON_ERROR_STOP on
\set QUIET on
\getenv mdp_proprietaire ALIN_MDP_PROPRIETAIRE
\getenv mdp_portail ALIN_MDP_PORTAIL
\getenv mdp_sne ALIN_MDP_SNE
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I LOGIN', nom) FROM unnest(ARRAY['alin_proprietaire', 'alin', 'sne']) AS nom
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = nom) \gexec
ALTER ROLE alin_proprietaire PASSWORD :'mdp_proprietaire';
ALTER ROLE alin PASSWORD :'mdp_portail';
ALTER ROLE sne PASSWORD :'mdp_sne';
SELECT 'CREATE ROLE alin_purge NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin_purge') \gexec
SELECT 'CREATE ROLE alin_agent NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin_agent') \gexec
ALTER ROLE alin NOINHERIT;
GRANT alin_purge, alin_agent TO alin, alin_proprietaire;

SELECT 'CREATE DATABASE alin OWNER alin_proprietaire' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'alin') \gexec
SELECT 'CREATE DATABASE sne OWNER sne' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'sne') \gexec
REVOKE ALL ON DATABASE alin, sne FROM PUBLIC;
GRANT CONNECT ON DATABASE alin TO alin;

\connect alin
ALTER DEFAULT PRIVILEGES FOR ROLE alin_proprietaire IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO alin;
ALTER DEFAULT PRIVILEGES FOR ROLE alin_proprietaire IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO alin;
