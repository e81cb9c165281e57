"""Closed sets of words that phrases name in angle brackets."""

from __future__ import annotations

from collections.abc import Mapping

CLASSES: Mapping[str, str] = {
    "very": "muy mucho muchisimo tan tanto tantisimo realmente verdaderamente de_verdad de_corazon "
    "sinceramente profundamente enormemente de_veras un_monton",
    "you_object": "te le les os lo la los las",
    "to_be": "es fue era ha_sido han_sido son fueron sea seria seran sera eran",
    # What happens to customers, as nouns.
    "trouble": "retraso retrasos demora demoras fallo fallos falla fallas error errores "
    "inconveniente inconvenientes molestia molestias incidencia incidencias contratiempo "
    "contratiempos problema problemas problemita problemilla equivocacion confusion descuido despiste "
    "averia averias corte cortes atraso atrasos tardanza espera desajuste incidente percance "
    "desliz detalle detalles detallito cosita cosa tema temita retrasito tonteria bobada nimiedad "
    "pequenez mal_rato malentendido imprevisto inconformidad desperfecto",
    "trouble_en": "delay delays glitch glitches hiccup hiccups issue issues inconvenience error "
    "errors mistake mistakes mixup mix-up mix_up problem problems bug bugs setback bump wait "
    "misunderstanding annoyance nuisance disruption oversight slip scratch",
    "small": "pequeno pequena pequenos pequenas pequenito pequenita leve leves ligero ligera ligeros "
    "ligeras minimo minima minimos minimas simple simples mero mera insignificante pequenisimo "
    "minusculo minuscula levisimo",
    "small_en": "small minor slight little tiny mere simple trivial brief wee teeny",
    "time": "segundo segundos minuto minutos minutito minutitos hora horas horitas dia dias diita "
    "semana semanas rato ratito ratico momento momentito momentico mes meses noche tarde manana",
    "time_en": "second seconds minute minutes min mins hour hours hrs day days week weeks month months "
    "while moment moments bit night",
    "money": "euro euros eurito peso pesos pesitos dolar dolares centimo centimos centavo centavos sol "
    "soles lucas luca mangos pavos duros reais cents pence quid pound pounds dollar dollars buck bucks",
    # What a customer is told they should have done.
    "care": "le* lee* mir* revis* comprob* comprueb* fij* verific* consult* inform* avis* llam* pens* "
    "esper* pregunt* ped* pid* pide* segu* sig* guard* atend* atiend* contact* present* solicit* hac* "
    "hec* hag* ve* vist* cancel* confirm* escrib* escrit* reclam* report* tom* ten* anticip* prev* "
    "entend* entiend* reserv* compr* cuid* usar* usad* us* prest* lleg* salir* salid* sal* acud* "
    "madrug* organiz* planific* planea* instal* actualiz* configur* conect* introduc* introduz* "
    "escog* eleg* elig* sab* calcul* cont* cerc* asegur* cambi* aplic* devol* devuel* mand* envi* "
    "pag* abon* dec* dich* dig* don*",
    "care_en": "read check checked looked look verified verify called call asked ask waited wait "
    "followed follow updated update told tell contacted contact notified notify thought think "
    "planned plan known know kept keep cancelled canceled cancel confirmed confirm reported report "
    "done do seen noticed notice paid pay entered enter chosen choose understood understand "
    "arrived arrive booked book provided provide given give saved save used use let made make "
    "backed come come got gotten get reviewed review tried try listened listen bothered bother "
    "realized realised left leave packed measured requested request complained opened spoken",
    "you_only": "usted ustedes tu vos vosotros",
    # People of the house, or paid by it.
    "colleague": "companero companera companeros companeras colega colegas agente agentes asesor "
    "asesora asesores ejecutivo ejecutiva ejecutivos empleado empleada empleados operador operadora "
    "operadores tecnico tecnicos repartidor repartidores mensajero mensajeros transportista "
    "transportistas conductor chofer vendedor vendedora vendedores cajero cajera dependiente "
    "dependienta encargado encargada gerente teleoperador teleoperadora comercial camarero mozo "
    "representante instalador becario pasante chico chica muchacho muchacha senorita",
    "unit": "departamento departamentos area areas sucursal tienda almacen bodega logistica "
    "facturacion ventas sistemas cobranzas cobranza oficina agencia paqueteria mensajeria courier "
    "correos proveedor proveedores transportadora operador_logistico call_center contact_center "
    "franquicia franquiciado aeropuerto taller reparto marketing administracion "
    "post_venta postventa soporte almacenes contabilidad informatica delegacion subcontrata "
    "contratista fabricante otra_area otro_departamento otro_equipo banco_emisor transporte "
    "equipo_de_reparto equipo_de_logistica equipo_de_ventas equipo_tecnico area_tecnica back_office",
    "colleague_en": "colleague colleagues coworker coworkers co-worker agent agents rep reps "
    "representative representatives associate associates employee employees driver drivers courier "
    "technician technicians engineer cashier manager salesperson operator crew staff adviser advisor "
    "intern contractor clerk steward",
    "unit_en": "department team store branch warehouse supplier vendor partner partners carrier "
    "billing_department billing_team sales_team sales_department logistics billing shipping "
    "shipping_company delivery_company courier_company franchise franchisee airport "
    "contractor manufacturer third_party third-party post_office fedex ups dhl call_center "
    "call_centre head_office provider bank it_department it_team tech_team warehouse_team "
    "marketing_team other_department",
    # Who is neither the brand nor the customer.
    "outsider": "banco aduana aduanas aeropuerto aeropuertos aerolinea correo correos ayuntamiento municipio "
    "distribuidora operadora plataforma fabricante hotel restaurante vendedor proveedor mensajeria "
    "transportista paqueteria courier compania_de_transporte empresa_de_transporte empresa_de_reparto",
    "regrets": "lamento lamentamos siento sentimos disculpa disculpas disculpe disculpen perdon perdona "
    "perdone perdonen apena disculparnos disculpamos perdonanos disculpanos disculpame pena",
    "sorry": "sorry apologies apologise apologize apology regret regrets apologising apologizing",
}
