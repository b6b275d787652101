"""How people in eight countries say what happens, and the type they mean."""

PHRASES = """
# Street lights
street_light_out | se quemó el bombillo de la calle | CR
street_light_out | bombillo quemado | CR
street_light_out | vombillo kemado | CR
street_light_out | el foco del poste está fundido | MX
street_light_out | lámpara fundida en mi colonia | MX
street_light_out | farola apagada | ES
street_light_out | las farolas no funcionan | ES
street_light_out | luminaria apagada hace una semana | AR
street_light_out | no anda la luz de la esquina | AR
street_light_out | ampolleta quemada en el poste | CL
street_light_out | no prende el foco de la calle | PE
street_light_out | poste de luz apagado | PE
street_light_out | pico de luz apagado | UY
street_light_out | toda la cuadra está a oscuras | UY
street_light_out | la bombilla de la calle no alumbra | CO
street_light_out | no hay luz en mi calle | CO
street_light_out | luz de la calle apagada | CR
street_light_out | el parque está muy oscuro | CR
street_light_out | alumbrado publico dañado | CO
street_light_out | alunbrado apagado | MX
street_light_faulty | la luz de la calle parpadea | CR
street_light_faulty | farolas encendidas de día | ES
street_light_faulty | la luminaria queda prendida todo el día | AR
lamp_post_damaged | un carro chocó el poste | CR
lamp_post_damaged | el poste está inclinado y se va a caer | PE
lamp_post_damaged | columna de alumbrado torcida | AR
new_street_light | quiero que pongan una luz en mi cuadra | MX
new_street_light | solicitar una luminaria nueva | UY
# Streets
pothole | bache | MX
pothole | vache en la avenida | MX
pothole | hay un hueco enorme frente a mi casa | CR
pothole | huecos en la carretera | CR
pothole | uecos en la calle | CO
pothole | hoyo en la calle | CL
pothole | la calle está llena de hoyos | MX
pothole | pozo en la calle | UY
pothole | un pozo enorme en el asfalto | AR
pothole | baches en la calzada | ES
pothole | pista rota con huecos | PE
pothole | se me reventó la llanta en un hueco | CO
pothole | eventos en el pavimento, hay que bachear | CL
sinkhole | se hundió la calle | MX
sinkhole | socabon en la avenida | MX
sidewalk | la acera está rota | CR
sidewalk | vereda rota | AR
sidewalk | las veredas están todas levantadas | UY
sidewalk | banqueta levantada | MX
sidewalk | me caí en el andén que está roto | CO
sidewalk | baldosas flojas en la vereda | AR
sidewalk | no hay rampa para silla de ruedas | CR
sidewalk | acera con raises levantadas | CR
storm_drain | alcantarilla tapada | CR
storm_drain | boca de tormenta tapada | AR
storm_drain | coladera tapada de basura | MX
storm_drain | sumidero tapado | CO
storm_drain | imbornal atascado | ES
storm_drain | se inunda la calle cuando llueve | CL
storm_drain | la cuneta está tapada y se mete el agua | CR
manhole_missing | alcantarilla sin tapa | CR
manhole_missing | se robaron la tapa de la alcantarilla | CO
manhole_missing | coladera sin tapa | MX
manhole_missing | buzón de desagüe sin tapa | PE
manhole_missing | falta una tapa y alguien se va a caer | AR
manhole_loose | la tapa suena cada vez que pasa un carro | CR
manhole_loose | tapa de registro suelta | ES
obstacle | dejaron arena y piedra en media calle | CR
obstacle | vidrios rotos en la vereda | UY
unpaved_road | el camino de lastre está malísimo | CR
unpaved_road | calle de ripio llena de barro | AR
unpaved_road | la trocha está intransitable | PE
hanging_cable | cable de internet colgando | CR
hanging_cable | cables telefonicos muy bajos | PE
landslide | derrumbe en el camino | CR
landslide | huayco en la carretera | PE
gas_or_fire | huele a gas en la calle | ES
gas_or_fire | hay un incendio en un lote | CR
# Traffic
traffic_light | semáforo dañado | CR
traffic_light | el semaforo no sirve | MX
traffic_light | cemaforo apagado | MX
traffic_light | semáforo intermitente en la rotonda | ES
traffic_light | no funciona el pulsador para cruzar | ES
traffic_sign | se cayó la señal de alto | CR
traffic_sign | cartel de pare tirado | AR
traffic_sign | falta el letrero con el nombre de la calle | MX
traffic_sign | robaron el disco pare | CL
road_marking | paso de cebra borrado | ES
road_marking | hay que pintar la senda peatonal | AR
road_marking | pintar cruce peatonal de la escuela | CO
speed_bump | los carros pasan a toda velocidad | CR
speed_bump | queremos un reductor de velocidad | CO
speed_bump | poner lomo de burro | AR
speed_bump | necesitamos un rompemuelles | PE
speed_bump | solicito un tope en mi calle | MX
abandoned_vehicle | coche abandonado | ES
abandoned_vehicle | auto abandonado hace meses en mi cuadra | AR
abandoned_vehicle | carro botado sin llantas | CR
blocked_driveway | un auto tapa la entrada de mi garaje | AR
blocked_driveway | carro mal parqueado | CR
blocked_driveway | coche aparcado en el vado | ES
blocked_driveway | camión estacionado encima de la banqueta | MX
bus_stop | el techo de la parada de bus está roto | CR
bus_stop | paradero sin techo | CL
bus_stop | marquesina del autobús rota | ES
street_direction | cambiar el sentido de la calle | AR
# Water
no_water | no hay agua | CR
no_water | no sale agua en mi casa | MX
no_water | estamos sin agua desde ayer | CL
no_water | nos cortaron el agua | UY
no_water | poca precion de agua | CO
no_water | sale muy poquita agua | PE
water_leak | fuga de agua en la calle | MX
water_leak | caño roto en la vereda | AR
water_leak | se reventó un tubo | CR
water_leak | pérdida de agua en la calle | UY
water_leak | hay una matriz rota y se bota el agua | CL
water_leak | fujas de agua | MX
dirty_water | el agua sale amarilla | CR
dirty_water | agua turbia con mal olor | PE
sewage | aguas negras en la calle | MX
sewage | se rebalsó la cloaca | AR
sewage | desborde de aguas servidas | PE
sewage | la alcantarilla huele horrible | CO
water_meter | se robaron el medidor de agua | PE
water_meter | el contador del agua está roto | ES
# Cleaning
missed_collection | no pasó el camión de la basura | MX
missed_collection | no pasó el camión | CR
missed_collection | hoy no recogieron la basura | CR
missed_collection | el basurero no pasa hace una semana | AR
missed_collection | no se llevaron el reciclaje | UY
missed_collection | no ha pasado el recolector | PE
missed_collection | no paso la vasura | CR
bulky_waste | quiero botar un sofá viejo | CR
bulky_waste | recogida de muebles | ES
bulky_waste | retiro de heladera vieja | AR
bulky_waste | tengo un colchon para que se lo lleven | CL
illegal_dump | botan basura en el lote de la esquina | CR
illegal_dump | basural en la esquina | AR
illegal_dump | tiradero de escombros | MX
illegal_dump | microbasural en la plaza | CL
illegal_dump | dejaron escombros en la acera | ES
illegal_dump | desmonte en la vía pública | PE
full_container | contenedor lleno | ES
full_container | la papelera está a rebosar | ES
full_container | basurero del parque lleno | CR
full_container | faltan tachos de basura | AR
full_container | caneca rota | CO
street_dirty | la calle está muy sucia, no barren | CO
street_dirty | caca de perro en la plaza | AR
street_dirty | falta barrido en mi cuadra | PE
dead_animal | se murió un perro en la calle | CR
dead_animal | perro muerto | MX
dead_animal | gato atropellado muerto | CL
dead_animal | hay una paloma muerta | ES
graffiti | pintaron mi pared con grafitis | CO
graffiti | pintadas en la fachada | ES
graffiti | rayaron el monumento | CL
pests | hay ratas en el parque | ES
pests | muchos zancudos | CR
pests | plaga de cucarrachas | MX
pests | fumigar por dengue | CR
# Trees
tree_pruning | podar el árbol que pega con los cables | CR
tree_pruning | ramas que tapan el semáforo | MX
tree_pruning | poda de arvoles | AR
tree_fallen | se cayó un árbol en la calle | CR
tree_fallen | rama caída en la vereda | AR
tree_on_people | un árbol cayó encima de una casa | CO
tree_on_people | cayó un árbol sobre un auto | CL
tree_risk | árbol a punto de caerse | MX
tree_risk | arbol seco y peligroso | PE
plant_tree | quiero que planten un árbol en mi vereda | AR
tree_removal | necesito permiso para cortar un árbol | CR
# Parks
playground | columpio roto | MX
playground | los juegos del parque están rotos | CR
playground | hamacas rotas en la plaza | UY
park_furniture | banco roto en la plaza | AR
park_furniture | falta malla en el parque | CR
park_grass | el zacate está muy alto | CR
park_grass | cortar el pasto de la plaza | AR
park_grass | césped sin cortar | ES
park_water | la fuente no tiene agua | ES
park_water | el bebedero no funciona | UY
sports_court | la cancha de básquet está dañada | CR
sports_court | maquinas de ejercicio rotas | PE
# Animals
lost_pet | se me perdió el perro | CR
lost_pet | se perdió mi gata | UY
lost_pet | busco a mi perrita extraviada | MX
found_pet | encontré un perrito con collar | CL
adopt_pet | quiero adoptar un gatito | AR
pet_neutering | castración gratis para mi perra | CR
loose_dog | jauría de perros callejeros | CL
loose_dog | un perro bravo suelto | CR
loose_dog | me mordió un perro | AR
injured_animal | perro atropellado que sigue vivo | MX
injured_animal | un perro herido en la carretera | CO
bees | panal de abejas | CR
bees | hay un enjambre en un árbol | MX
animal_abuse | mi vecino maltrata al perro | AR
animal_abuse | tienen un perro amarrado sin comida | CR
# Power
power_out_home | se fue la luz en mi casa | CR
power_out_home | tengo bajones de luz | CR
power_out_area | apagón en todo el barrio | CR
power_out_area | no hay luz en toda la colonia | MX
power_out_area | se cortó la luz en el barrio | UY
power_out_area | corte de energía | CO
fallen_cable | cable caído | CR
fallen_cable | un poste está echando chispas | PE
fallen_cable | cavle de luz en el suelo | MX
# The municipality
inquiry | a qué hora atienden | CR
inquiry | requisitos para un permiso | CO
complaint | quiero poner una queja | ES
complaint | me atendieron muy mal | MX
complaint | un funcionario me pidió plata | CR
no_answer | hace un mes reporté y no me contestan | CR
no_answer | nadie me da respuesta | PE
suggestion | tengo una idea para mejorar el barrio | AR
suggestion | sugerensia | MX
compliment | felicitar a la cuadrilla | CR
compliment | quiero agradecer el buen trabajo | CO
construction_without_permit | están construyendo sin permiso | CR
construction_without_permit | obra ilegal de mi vecino | ES
noise | música muy alta de noche | MX
noise | ruidos molestos | CL
noise | la bulla del bar no me deja dormir | CR
business_without_permit | taller mecánico sin permiso en mi cuadra | CR
business_without_permit | local sin habilitación | AR
pavement_occupied | vendedores ambulantes en la acera | CR
pavement_occupied | las mesas del bar no dejan pasar | ES
pavement_occupied | puesto de tacos en la banqueta | MX
neglected_lot | lote baldío lleno de monte | CR
neglected_lot | sitio eriazo con basura | CL
neglected_lot | casa abandonada con ratas | UY
burning | queman basura todas las noches | CR
burning | olor insoportable de una fábrica | AR
# Billing
wrong_charge | me cobraron de más el agua | CR
wrong_charge | cobro equivocado | CR
wrong_charge | la boleta vino carísima | AR
wrong_charge | recibo equivocado | MX
payment_missing | ya pagué y me sigue saliendo la deuda | PE
payment_missing | hice el pago y no aparece | CO
billing_inquiry | cuánto debo | CR
billing_inquiry | no me ha llegado el recibo | CO
billing_inquiry | arreglo de pago | CR
"""


def table() -> list[tuple[str, str, str]]:
    """(type, phrase, country)."""
    lines = [line for line in PHRASES.strip().splitlines() if not line.startswith("#")]
    return [(key, phrase, country) for key, phrase, country in (map(str.strip, line.split("|")) for line in lines)]
