"""English told by the shape of the clause; see ``frames_es``."""

from __future__ import annotations

from collections.abc import Mapping

_PUNISH = "block*|ban*|close*|report*|suspend*|sue*|mute*|terminat*|cancel*|hang_up|cut_you"

MINIMISES: Mapping[str, str] = {
    "little-en": r"""
it's_not|it_is_not|it_isn't|not_exactly|it's_hardly|it_was_hardly|it_wasn't like|as_if|as_though you|
    anybody|anyone|anything|we|it|somebody|someone
you_will|you'll|you'd|you survive|live $|without|a|one|an|it|through
i'm_sure|we're_sure|surely you'll|you_will|you_can survive|live|cope|manage
nobody|no_one ~1 died|dies|got_hurt|gets_hurt|was_hurt|went_bankrupt|is_dying
at_the_end_of_the_day|after_all|in_the_end|all_in_all|honestly ~2 just|only ~2 <trouble_en>|<time_en>|<money>
    |fee|scratch|typo
are|being|you're a_little|a_bit|a_tad|rather|just ~1 dramatic|sensitive|overreacting|over_the_top|
    impatient|fussy|picky|demanding
you're|you_are|you_might_be|seems_you're [just|really|clearly|maybe] a_little|a_bit ~1
    dramatic|sensitive|over_the_top|impatient|fussy|picky|demanding
look_on|looking_on|see the_bright_side
-does|do|did|not others|other_people|other_customers|some_people|plenty_of_people|many_people|lots_of_folks|
    lots_of_people|
    many_customers|folks|everyone|everybody ~1
    have_it|are|had|have|has|wait|waited|got|gets ~2 worse|much_worse|longer|same|the_same|way_worse
hardly|barely|scarcely|not [really|even] [that|a] worth|matters|counts|noticeable|cause|reason !it_if|while
mountain ~3 molehill
""",
    "normal-en": """
these|such|those|this|stuff|things_like|this_sort_of|this_kind_of|that_sort_of ~1 things|thing|stuff ~1
    happen|happens|do_happen|can_happen|will_happen|occur|occurs
happens to|with|in|at ~1 the_best|all|every|any|everyone|everybody|anyone|us_all|most ~1 of_us|airline|
    airlines|company|companies|bank|banks|shop|store|restaurant|brand|app|apps|provider|$
is|are|was|were|that's|it's to_be|only_to_be expected
""",
    "calm-en": """
no_need|no_reason|no_point|not_worth|no_use ~1 get|getting|be|being|to_get|to_be|in_getting ~2
    worked_up|upset|angry|mad|dramatic|emotional|rude|stressed|agitated|excited|bent_out
""",
}

BLAMES: Mapping[str, str] = {
    "customer-en": r"""
that's|that_is|this_is|it's what happens|you_get when|if|for ~1 you|people|customers|using|buying|booking|
    choosing|not|leaving|waiting|ordering
-we|i|they|who|that|sorry|if you must have /\s+(?:\w+ly\s+)?(?:typed|mis\w+|put|entered|given|left|set|
    chosen|pressed|clicked|deleted|forgot\w*|lost|dropped|broken|used|got)\b/
if|when|unless [the|a|our] customer|customers|passenger|user isn't|doesn't|didn't|fails|is_not|does_not
    /[^.!?\n]{0,60}?\b(?:we\s+can't|we\s+cannot|can't\s+do|nothing\s+we|not\s+our|we're\s+not|
    we\s+are\s+not)\b/
-if|when|sorry|in_case|not you failed|neglected|forgot|refused to !us
-if|when|sorry|in_case you chose|decided not_to
--happy|glad|thanks|thank|thrilled|delighted|love|why|if you chose|picked|booked|opted|bought|selected|
    went_for [the] ~1 economy|cheapest|cheap|basic|budget|
    lowest|wrong|non-refundable|discounted ~1
perhaps|maybe|probably|possibly|i_think|i_guess|i_suspect|sounds_like|looks_like [that] you|you've|you_have
    ~1 didn't|did_not|haven't|weren't|aren't|don't|misread|misunderstood|mixed|mistyped|missed|forgot ~2
    read|check|follow|set|listen|look|plug|charge|install|enter|realise|realize|understand|the|it|up|
    properly|correctly|careful
you|you've [just|simply|already|were|was|have] ~1 warned|told_in_advance|well_aware|made_aware
    !us
next_time [,] [maybe|please|perhaps|just|try_to|do|make_sure_to|remember_to|kindly]
    /\s+(?:double|triple|read|check|think|plan|arrive|try|pay|be\s+(?:more|on\s+time|careful)|make\s+sure|
    look|listen|bring|choose|mind|watch)\b/
how_is_that|how's_that|how_is_this|how_could_that|why_is_that|since_when_is_that our fault|problem|
    responsibility|mistake
""",
    "doubts-en": r"""
-not|no|don't|how|we_do|is i|we ~1 find_it|find_that|find_this|seems|highly
    hard|difficult|impossible|unlikely|strange|odd|curious|surprising to_believe|to_imagine|to_accept|that|
    you !to_get|to_reach|to_find
are_you [really|absolutely|quite|completely|totally] sure|certain|positive ~1
    /\s+(?:(?:you|that|it|he|she|they|there|someone|nobody)\s+){1,2}(?:really\s+|actually\s+|just\s+|
    even\s+)?(?:did|didn't|have|haven't|had|was|wasn't|were|weren't|isn't|is\s+not|not|\w+ed|sent|got|put|
    left|paid|read|lost|gave|told|took|forgot|misplaced)\b/
our|the|my records|system|systems|driver|gps|cameras|notes|logs|tracking|data ~2 say|says|show|shows|
    indicate|indicates|tell|tells ~5 so|but|and /\s+(?:i'm|we're|i|we|you|that|there)\b/ ~2 not|don't|
    can't|must|sure|isn't
funny|strange|odd|weird|curious|interesting how|that ~1 only|nobody|no_one|it|you|none
drivers|agents|staff|crew|colleagues|employees|team|couriers are|is always|all|never
    polite|friendly|trained|rude|professional|late|careful|kind|honest
""",
    "colleagues-en": r"""
-if|that|not|never|no [the|our|my|your|previous|last|other] <colleague_en> ~2
    clearly|obviously|apparently|simply|just|evidently|really didn't|doesn't|wasn't|isn't|had|has|did|gave|
    forgot|messed|screwed|misread|made
-if|that|not|never|no the|our|my|that|previous|last|other ~1 <colleague_en>|<unit_en> [you|we|who] ~2
    [clearly|obviously|simply|just] didn't|did_not|never
    tell|inform|pass|bother|update|read|check|listen|follow|care|log|note|scan|load|process|do|give|warn
guys|folks|people|lads|girls|boys|lot ~3 messed|screwed|forgot|dropped_the_ball|got_it_wrong|
    didn't_bother|lost_it
that|this|it|that's|that_one's|this_one's is|was|one_is|sits [all|entirely|down] on|with
    the|them|our ~1 <unit_en>|<colleague_en>|them|airline|hotel|council|weather !now|today|and|for|until
that_one's|this_one's|that's|it's [all|entirely] on|down_to|with the|them|our
    <unit_en>|<colleague_en>|them|airline|hotel|council|weather !now|today|and_we|until|tonight|vans
^ blame /\s+(?!us\b|me\b)\w+/
""",
}

ARGUES: Mapping[str, str] = {
    "contradicts-en": """
don't|do_not know|see|understand|get what|why [else|more|exactly|on_earth] you
    want|expect|expecting|want_from|'re_complaining|are_complaining|are_upset|are_angry|keep|would
    !us_to_know
^ no no [and] no
not how ~1 it|that|things|this works|work !out
""",
    "dismisses-en": """
take|bring your|that business|custom|money|complaints|complaint elsewhere|somewhere_else|to_a_competitor|
    to_someone
feel_free|you're_welcome|you_are_welcome|by_all_means|go_ahead ~1 go_elsewhere|go_somewhere|switch|
    shop_around|try_someone|try_another|leave_us_for|leave_for_a
nothing|not_a_thing|anything ~1 we|i|else ~1 can_do|can_be_done ~1 take_it|so|about_it|sorry|deal|period|
    tough|unfortunately_for_you
spare|save us|me ~1 drama|speech|lecture|sermon|story|theatrics|attitude|details|rant
""",
    "threat-en": rf"""
keep|carry_on|go_on|continue|one_more /\s+(?:(?:on|talking|tweeting|posting|insulting|shouting|swearing|
    complaining|being|writing|spamming|it|word|tweet|post)\b)/ ~4 and|or ~1
    we'll|we_will|i'll|you'll|you_will|we_shall|we_are|we're ~3 {_PUNISH}
""",
    "sarcasm": """
^ sure|right|yeah|yes|oh_sure|oh_yes|of_course|oh_right because|as_if|like we|you|that|it|i|our
maybe|perhaps|why_not|how_about|next_time try|try_actually|start_by|consider reading|listening|learning|
    checking|using_your|thinking
wow|well|oh|aw|aww|gee ~1 someone|somebody ~1 woke|got_up|got_out|needs|is|'s|has|had
only_customer|only_person ~2 in_the_world|on_earth|on_the_planet|that_matters
""",
}

HOLLOW: Mapping[str, str] = {
    "conditional": r"""
-not should|if|in_case /\s+(?:(?:this|that|it|any\w*|our|we|you|somebody|
    something)\s+)[^.!?\n]{0,50}?\b(?:upset|offen\w+|hurt|caus\w+|inconvenien\w+|confus\w+|trouble\w*|rude|
    felt|feel|disappoint\w+|let\s+you\s+down|bother\w*)[^.!?\n]{0,25}?[,;]?\s(?:(?:then|please|we|i|our|my|
    accept|sincerely|do|are|am|'m|we're|i'm)\s){0,4}(?:sorry|apolog\w+)\b/
""",
    "supposed": r"""
<sorry> ~3 /\s+(?:any|whatever|potential|possible)\s+(?:possible\s|potential\s|
    perceived\s)?(?:inconvenience|trouble|confusion|upset|frustration|distress|offence|offense|
    disappointment|misunderstanding)s?(?:\s+(?:that\s+|which\s+)?(?:this|that|it|you|we))?\s+(?:may|might|
    could|thinks?|think|feel|believe|perceived)\b/
<sorry> ~4 possible|potential|perceived inconvenience|trouble|confusion|inconveniences
""",
    "but": r"""
<sorry> /[^.!?\n]{0,50}?[\s,;](?:but|however|although|though|that\s+said|
    yet),?\s+[^.!?\n]{0,30}?\b(?:policy|policies|the\s+rules?|rules|you\s+(?:did|should|chose|agreed|signed|
    picked|booked|knew|had|failed)\b|it(?:'s|\s+is|\s+was)\s+(?:correct|stated|in\s+the|within|standard|
    clear)|(?:is|was|were|are)\s+(?:correct|valid|clearly)|we\s+(?:followed|did\s+everything|did\s+nothing|
    acted))/
""",
    "shifted": r"""
<sorry> ~2 you [don't|didn't|do_not] ~1 feel|felt ~1 the_wait|it|we|our|that|this
""",
}
