-- Persons and who they are on the networks. Brands, accounts, agents and teams are there already.

-- Which brand and account the i-th case belongs to: the first brand has four fifths of everything.
CREATE TABLE bench.brand AS
SELECT b.id, row_number() OVER (ORDER BY b.id) AS n,
       ARRAY(SELECT a.id FROM cortafuegos_account a WHERE a.brand_id = b.id ORDER BY a.id) AS accounts,
       ARRAY(SELECT a.id FROM cortafuegos_agent a WHERE a.brand_id = b.id ORDER BY a.id) AS agents,
       ARRAY(SELECT t.id FROM cortafuegos_team t WHERE t.brand_id = b.id ORDER BY t.id) AS teams
  FROM cortafuegos_brand b;

CREATE FUNCTION bench.brand_of(person bigint) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN bench.r(person, 20) < 0.8 THEN 1 WHEN bench.r(person, 20) < 0.95 THEN 2 ELSE 3 END;

-- Some people write often: a few have hundreds of cases.
CREATE FUNCTION bench.person_of(i bigint, persons int) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 1 + floor(persons * power(bench.r(i, 21), 1.6))::bigint;

INSERT INTO cortafuegos_person (id, brand_id, name, place, time_zone, note, created_at)
SELECT i, b.id,
       bench.pick(first, i, 22) || ' ' || bench.pick(last, i, 23) || ' ' || bench.pick(last, i, 24),
       bench.pick('{Madrid,Sevilla,Bogotá,Lima,"Ciudad de México","Buenos Aires",Quito,Vigo,"",""}', i, 25),
       '', '', now() - interval '3 years'
  FROM generate_series(1, current_setting('bench.persons')::int) i
  JOIN bench.brand b ON b.n = bench.brand_of(i),
  (SELECT string_to_array(
     'Ana Luis Marta Íñigo Ximena Pablo Lucía Andrés Sofía Diego Valentina Mateo Camila Javier Elena Tomás'
     ' Irene Sergio Paula Raúl Noelia Héctor Rocío Álvaro Julia Óscar Carmen Iván Belén Gonzalo Inés Bruno'
     ' Aitana Emilio Renata Fabián Nuria Joaquín Alicia Rubén Olga Martín Daniela Hugo Eva Simón Clara Nicolás',
     ' '), string_to_array(
     'García Urdaneta Ruiz Zubiri Moreno Peñalver Castro Iglesias Rojas Barrientos Salazar Quiroga Vidal Ledesma'
     ' Ortega Cifuentes Navarro Olmedo Prieto Santana Arriaga Bermúdez Cano Duarte Escobar Fuentes Galán Herrero'
     ' Ibarra Jurado Lozano Maldonado Núñez Ochoa Palacios Quintero Rivas Sanchís Tejada Ugarte Valdés Yáñez'
     ' Zapata Acosta Benítez Correa Delgado Espinosa Ferrer Giménez Huertas Lara Mora Nieto Otero Pardo Roldán',
     ' ')) AS names(first, last);

INSERT INTO cortafuegos_identity (id, brand_id, person_id, network, network_id, handle, name, url, avatar,
       bio, place, followers, verified, seen_at)
SELECT p.id + extra * current_setting('bench.persons')::int, p.brand_id, p.id, network, network || ':' || p.id,
       lower(public.unaccent(split_part(p.name, ' ', 1) || '_' || split_part(p.name, ' ', 2))) || p.id % 9973
         || CASE network WHEN 'mail' THEN '@correo.invalid' ELSE '' END,
       p.name, '', '', '', p.place, floor(10 * power(3000, bench.r(p.id, 26)))::int, false, now()
  FROM cortafuegos_person p
  CROSS JOIN generate_series(0, CASE WHEN p.id % 7 = 0 THEN 1 ELSE 0 END) extra
  CROSS JOIN LATERAL (SELECT ('{mastodon,bluesky,mail,webhook}'::text[])[1 + (p.id + extra) % 4]) k(network);

-- The brands' own accounts speak as persons too.
INSERT INTO cortafuegos_person (id, brand_id, name, place, time_zone, note, created_at)
SELECT 2 * current_setting('bench.persons')::int + a.id, a.brand_id, a.name, '', '', '', now()
  FROM cortafuegos_account a;
INSERT INTO cortafuegos_identity (id, brand_id, person_id, network, network_id, handle, name, url, avatar,
       bio, place, followers, verified, seen_at)
SELECT 2 * current_setting('bench.persons')::int + a.id, a.brand_id,
       2 * current_setting('bench.persons')::int + a.id,
       a.network, a.network_id, a.handle, a.name, '', '', '', '', NULL, true, now()
  FROM cortafuegos_account a;
ANALYZE cortafuegos_person, cortafuegos_identity;
