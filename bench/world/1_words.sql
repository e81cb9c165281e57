-- What the messages are made of. Everything is drawn by hashing row numbers, so that the same world
-- comes out whatever the plan, the order or the number of sessions that write it.

CREATE SCHEMA bench;

-- A number in [0, 1) for the i-th thing; the salt tells its uses apart.
CREATE FUNCTION bench.r(i bigint, salt int) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashint8extended(i, salt) & 4503599627370495) / 4503599627370496.0;

CREATE FUNCTION bench.pick(names text[], i bigint, salt int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN names[1 + (bench.r(i, salt) * cardinality(names))::int % cardinality(names)];

-- By frequency: the words everybody uses, then those of the trade, then 12,000 that nobody knows.
CREATE TABLE bench.word AS
SELECT row_number() OVER (ORDER BY n)::int AS rank, word FROM (
  SELECT n, word FROM unnest(string_to_array(
    'de la que no el mi en pedido y me a los se por con hola gracias un una ya es lo para pero nadie sin'
    ' factura cuando desde las del como más al hace días muy está todo porque esto otra vez sigo esperando'
    ' favor necesito quiero saber alguien puede ayudar línea teléfono llamé respuesta correo cuenta dinero'
    ' cobro cargo doble devolución reembolso entrega paquete repartidor dirección cambio talla producto roto'
    ' tienda web aplicación error contraseña acceso tarjeta banco pago transferencia comisión seguro póliza'
    ' reclamación denuncia hoja oficina atención cliente servicio pésimo excelente rápido lento vergüenza'
    ' enhorabuena genial problema solución avería técnico visita instalación router fibra cobertura datos'
    ' móvil contrato baja alta permanencia penalización oferta promoción descuento cupón precio subida'
    ' vuelo maleta retraso cancelado embarque asiento billete reserva hotel habitación tren estación viaje'
    ' luz gas consumo lectura contador kilovatio tarifa agua corte suministro calefacción invierno verano'
    ' lunes martes miércoles jueves viernes sábado domingo mañana tarde noche enero febrero marzo abril mayo'
    ' junio julio agosto octubre diciembre semana mes año hora minutos ayer hoy después antes todavía nunca'
    ' siempre además entonces mientras aunque según contra hacia hasta durante mediante encima debajo'
    ' niña señor señora hija padre madre abuelo vecino compañía empresa jefe supervisor gerente persona gente'
    ' ciudad calle barrio plaza puerta piso edificio pueblo provincia país mundo casa coche perro gato libro'
    ' zapatos camisa abrigo mochila nevera lavadora horno pantalla batería cargador cable auricular altavoz',
    ' ')) WITH ORDINALITY AS known(word, n)
  UNION ALL
  SELECT 1000 + i, bench.pick(syllable, i, 1) || bench.pick(syllable, i, 2) || bench.pick(syllable, i, 3)
         || bench.pick('{n,s,r,l,do,da,ción,mente,ble,ía,és,aje}', i, 4)
    FROM generate_series(1, 12000) i, (SELECT string_to_array(
      'ba be bi bo bra ca ce ci co cri cha da de di do dro fa fe fi fla ga gue go gra ja jo la le li lo llo'
      ' ma me mi mo na ne no ña pa pe pla po que ra re ri ro rra sa se si so ta te ti to tra va vi vo za zo',
      ' ')) AS syllables(syllable)
) all_words;
ALTER TABLE bench.word ADD PRIMARY KEY (rank);

-- Pieces of 4 to 13 words whose ranks follow Zipf's law: the logarithm of a rank is spread evenly.
CREATE TABLE bench.piece AS
SELECT i::int AS n, upper(left(text, 1)) || substr(text, 2) || bench.pick('{.,",",!,?,...,""}', i, 8) AS text
  FROM (
    SELECT i, string_agg(word, ' ' ORDER BY n) AS text
      FROM generate_series(1, 40000) i
      CROSS JOIN LATERAL generate_series(1, 4 + (bench.r(i, 5) * 9)::int) n
      JOIN bench.word
        ON rank = floor(power((SELECT count(*) FROM bench.word), bench.r(i * 100 + n, 6)))::int
     GROUP BY i
  ) pieces;
ALTER TABLE bench.piece ADD PRIMARY KEY (n);
ANALYZE bench.word, bench.piece;

CREATE FUNCTION bench.piece_of(i bigint, salt int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 1 + floor(bench.r(i, salt) * 40000)::int;

-- How many messages the i-th case has: five on average, most have two to four.
CREATE FUNCTION bench.messages_of(i bigint) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN i % 100000 = 777 THEN 300 ELSE least(60, 1 + floor(-4.5 * ln(1 - bench.r(i, 10)))::int) END;
