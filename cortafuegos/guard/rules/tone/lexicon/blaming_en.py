"""Blame put on the customer, on their word, or on people of the house, in English."""

from __future__ import annotations

from collections.abc import Mapping

_NOT_EN = "-not|never|isn't|wasn't|if|nor|no|whether|weren't|aren't|nobody|ain't"

BLAMES: Mapping[str, str] = {
    "customer-en": f"""
{_NOT_EN} your|customer's|user's|user|customer|passenger|your_own|entirely_your|the_customer's [own|fault]
    fault|error|mistake|negligence|carelessness|misuse|oversight|doing|responsibility|blunder|
    poor_planning|lack_of|failure_to|impatience|ignorance|bad_planning|own_fault !message|code|and|screen|
    number|log|report|messages|codes|when|on|in|with|you|details|you're|is_on_our|appears|that_you|
    showing|occurs|isn't|is_not|happened
-not|never|isn't|wasn't|if|nor|no|whether|ain't|aren't your|the_customer's [own] fault !isn't|is_not
-if|not|nor|never|shouldn't|that|never|wish|know|say|sure you_should_have|you_should've|you_ought_to_have|
    you_were_supposed_to|you_should_really_have|you_really_should_have|you_probably_should_have|should_of|
    you_should_of|you_shouldn't_have|you_should_not_have !to|been|had|received|gotten|got|access|a|an|the|
    any|seen|no ~2 <care_en> !to_wait|to_go|to_ask|to_call|to_deal|gone_through|an_email|a_message|
    been_told|to_contact|to_be
if_you_had|if_you'd|had_you|if_you_would_have|if_only_you_had|if_only_you'd|had_the_customer|
    if_you_hadn't|had_you_not !like|love|prefer|rather|any|a|an|the|trouble ~1 <care_en> !in|the_changes
because|since|as|but|and|apparently|clearly|obviously|evidently|unfortunately|seems|looks_like|appears|
    means_that|problem_is|issue_is [that] you [just|simply|clearly|obviously|never] didn't|did_not|
    haven't|have_not|failed|forgot|neglected|ignored|misread|misunderstood|missed|waited_too_long|left_it|
    don't_seem_to|entered|put|used|ordered|bought|were_late|arrived_late|gave_us ~2 <care_en>|to|too|late|
    the|wrong|our|it|that|listening|paying_attention|careful|home|there|until
you_could_have|you_could've|you_might_have ~1 checked|called|told|asked|read|warned|planned|waited|
    mentioned|listened|looked|let|contacted|cancelled
-if|when|sorry|in_case|unless|why|that|hear|see|know|is|make|hate|hope|how|ensure you [just|simply|
    clearly|obviously|never|actually|also|still] didn't|did_not|never|failed|forgot|neglected|weren't ~1
    read|follow|check|tell|notify|inform|let_us|update|bother|listen|pay_attention|provide|give_us|call|
    contact_us|ask|verify|cancel|reading|listening|paying_attention|careful|to_read|to_follow|to_check|
    to_tell|to_notify|to_update|to_provide|to_cancel|to_let_us|to_call|mention|to_mention|fill|to_fill|
    answer|respond|reply|understand|use_it|put_it|pay_on|pay_your|book|bring|show_up|complete|request|
    return_it|keep|plan|allow|leave_enough|confirm|to_confirm|do_it|do_what|set_it|submit|report
you ~1 entered|typed|put|gave|used|provided|chose|selected|picked|ordered|booked|bought|filled|submitted|
    set|did|installed|configured|sent|wrote|plugged|dialed|dialled|did_something|sent_us ~2 wrong|
    incorrect|incorrectly|wrongly|in_wrong|it_wrong|backwards|badly !item|product|order|size_was
-unless|if|when|whether you ~1 misread|misunderstood|misunderstand|misused|misremember|are_confused|
    are_mistaken|were_mistaken|
    must_be_mistaken|must_be_confused|must_be_wrong|got_it_wrong|have_it_wrong|have_got_it_wrong|
    are_wrong|missed_the_deadline|missed_the_part|made_a_mistake|made_the_mistake|made_an_error|
    caused_this|brought_this|only_have_yourself|have_only_yourself|broke_it|ignored|neglected|knew|
    let_it_expire|waited_too_long|left_it_too_late|were_too_late|were_late|didn't_do_it_right|did_it_wrong
    !been|so_frustrated|feeling|very|so|frustrated|exhausted|upset|had_a|be_tired|excited|thrilled|love|
    tired|furious|waiting|us|sick
you_must_have|you_may_well_have|you've_probably|you_probably|you_obviously|you've_obviously|you_clearly|
    you've_clearly ~2 misread|misunderstood|misplaced|missed|forgotten|forgot|done_something|entered|
    typed|lost|deleted|confused|mistaken|put|made|mixed|wrong|ignored|ignore|not_read|didn't|don't|haven't
you must_have|may_well_have ~1 misread|misunderstood|missed|forgotten|forgot|entered|typed|not|done|put|
    made|misplaced|lost|deleted|mixed|confused|mistaken|chosen|ignored
you agreed|accepted|signed ~3 terms|conditions|contract|policy|this|that|it|them|up_for_it
terms|conditions|contract|policy|fine_print|agreement ~2 you ~1 agreed|accepted|signed
next_time|in_future|in_the_future|for_next_time|maybe_next_time|perhaps_next_time ~2 read|check|plan|
    try_reading|try_to_read|pay_attention|be_more_careful|be_more_patient|be_more_polite|double-check|
    double_check|listen|follow|make_sure_you|leave_earlier|arrive_earlier|call_ahead|think|ask_first|
    remember_to|don't_wait|come_prepared|try_checking|try_listening|please_read|please_check|please_follow
[maybe|perhaps|try|please] [actually] reading|read ~3 instructions|terms|conditions|fine_print|
    small_print|email_we_sent|description|manual|policy|rules|contract ~2
    before|first|next_time|carefully|properly|again !and_let_us
read_the_instructions|read_the_manual|read_the_fine_print|read_the_small_print|rtfm|did_you_even|
    have_you_even|do_you_even|can't_you_read|can_you_not_read|did_you_bother|had_you_bothered|
    have_you_actually|did_you_actually|learn_to_read|learn_how_to_read|try_reading ~1
before you ~1 complain|complaining|accuse|criticise|criticize|post|tweet|blame ~1
it's|it_is|is|was|that's|remains ~1 your|the_customer's|the_customers|the_user's|the_passenger's|customer|
    customers|down_to_you|on_you ~1 responsibility|job|duty|obligation|to_check|to_read|to_make_sure|
    for_not !to_report
blame yourself|only_yourself
on_your_end|on_your_side|at_your_end|your_end ~1 not_ours
user_error|operator_error|human_error_on_your|pebkac|self-inflicted|self_inflicted|your_own_doing ~1
what_did_you_expect|what_do_you_expect|what_were_you_expecting|serves_you_right|you_asked_for_it|
    you_get_what_you_pay|you_brought_this ~1
""",
    "doubts-en": """
-no|to|for|once|not|if|when|make|be|until|we [but] are_you
    [really|absolutely|quite|completely|100|totally] sure|certain|positive
    !you_don't|you_want|you_wouldn't ~1 you|that|it|this|about|the|your|they|$
did_you_really|did_you_actually|do_you_really|have_you_really|you_really_expect|do_you_honestly|
    you_honestly|are_you_seriously|you_seriously ~1
-no|not|never|don't|without|if we|i|it's|it_is|find_it|i_find_it|we_find_it|find_that|find_this|find|
    seems|highly|very ~1 doubt_that|doubt_you|doubt_it|doubt_this|doubt_your|doubt_our|doubtful|
    hard_to_believe|difficult_to_believe|unlikely_that_you|unlikely_you|don't_believe|do_not_believe|
    hard_to_imagine_that_you|questionable|surprising_that_you|strange_that_you|odd_that_you|suspicious
    !this|it_took|we_missed|what
-sorry|if|apologies|apologize|apologise|hope|regret that's|that_is|this_is|it's|it_is|that|this|what_you|
    that_simply ~4 can't_be_right|cannot_be_right|can't_be_true|cannot_be_true|couldn't_have|
    could_not_have|didn't_happen|did_not_happen|never_happened|never_happens|not_how_it|not_what_happened|
    doesn't_add_up|does_not_add_up|doesn't_make_sense|makes_no_sense|not_what_our|can't_have_happened|
    not_plausible !acceptable|ignored|further|for_us_to_say|easy
-if|that we|i|our|there|there's|system [have|has|see|show|find|is|currently] no|don't_have|don't_see|
    find_no|shows_no|show_no|do_not_have [a|any] record|records|evidence|proof|trace|indication ~2
    of|that|to ~3 you|your|this|that|such|a|it|any|complaint
our|the [system|own] records|system|systems|logs|data|tracking|driver|cameras|gps|cctv|database|files
    [clearly|all] show|shows|say|says|indicate|indicates|state|states|confirm|confirms|prove|proves|
    suggest|suggests ~2 otherwise|something_different|differently|the_opposite|the_contrary|you_did|
    you_didn't|you_never|you_received|it_was_delivered|different_story|nothing_of_the|no_such|you_were|
    that_you_did|that_you_didn't
nobody|no_one|noone|no_other|none_of_our|not_a_single ~2 else|customer|customers|users|other|one|
    passenger|person ~2 complained|complaining|complains|reported|has_this|having|had_this|has_had|
    has_ever|mentioned|problem|problems|issue|issues|said
you_are|you're|you're_literally ~1 the_only_one|the_only_person|the_only_customer|the_first_one|
    the_first_person|the_first_to|the_first_customer|literally_the_only ~1
    who|that|to|with|complaining|having
-if|when|whether|not|is|it works|working ~2 for_us|for_me|for_everyone|for_everybody|for_other_customers|
    for_all_other|for_all_our|for_others|everyone_else
according_to_you|by_your_account|your_version
-sharing|share|telling|tell|hear|hearing|love|read|reading your_alleged|your_supposed|your_so-called|
    your_story|your_so_called|as_you_claim|you_claim|you_claimed|
    you_allege|what_you_claim|claiming_that|so_you_say|what_you're_claiming|you're_claiming !number|form|
    your|my|the|this|online|is_being|was|has_been|has|here|is|for|reference|with_us|and|team|form|status|
    as_soon|ref|will|to|through|request|at|can|id|your_miles|a|the_miles|miles|it_from|your_bag|a_refund
alleged|allegedly|supposedly|so-called|purportedly !scam|scammer|scammers|phishing|fraud
if|assuming|supposing ~2 what_you're_saying|what_you_say|what_you_claim|that_is|that's|this_is|it_is|it's|
    that_really|this_really|you_really|that_actually|your_story|you_did_indeed ~2 true|happened|accurate|
    the_truth|is_correct|sent|did|called|paid
prove|show|send [it_or] us_proof|proof_of_that|some_proof|us_evidence|evidence|us_some_proof|
    us_some_evidence !of_purchase|of_payment|of_address|of_travel
do_you_have_any|have_you_any|do_you_have|where's_your|where_is_your|got_any|without_any|
    can_you_provide_any ~1 proof|evidence|witnesses ~1 that|of_that|of_this|for_that|to_support|to_back|
    you|$
you ~2 lying|lie|lied|making_this_up|making_it_up|made_it_up|made_this_up|making_things_up|
    are_not_telling|aren't_telling|being_dishonest|inventing|imagining_things|fabricating|fabricated
    !awake|down|flat|in_bed|around|about_your_age
don't|do_not|can't|cannot|hard_to|difficult_to|struggle_to we_believe|believe_you|believe_that_you|
    believe_this_happened|believe_your|believe_what_you|trust_your_word|take_your_word
how_do_we_know|how_can_we_be_sure|how_can_we_know|how_are_we_to_know|who's_to_say ~1 you|that|this|it
""",
    "colleagues-en": f"""
^ blame the|your|our|them|it|him|her ~2
{_NOT_EN} blame|fault|mistake|error|responsibility|negligence|incompetence|screwup|screw-up ~1 of|
    lies_with|is_with|rests_with|on|falls_on|belongs_to|from|made_by|by ~2 <colleague_en>|<unit_en>
    !and_we_own|and_it's_on
{_NOT_EN} blame|take_it_up_with|complain_to ~1 <colleague_en>|fedex|ups|dhl|post_office|supplier|carrier|
    courier !about|on|at|for|onboard|inflight|in_flight|if|and_they|to|when
{_NOT_EN} <colleague_en>'s|<unit_en>'s|courier's|driver's|colleague's|agent's|warehouse's|supplier's|
    department's|store's|carrier's|company's|team's|branch's|partner's|billing's|technician's|rep's|
    bank's|airport's fault|mistake|error|problem|responsibility|job_to
{_NOT_EN} <colleague_en> [you|who|that|we|on|at|in] ~4 made_a_mistake|made_an_error|messed_up|screwed_up|
    was_wrong|were_wrong|got_it_wrong|misinformed|gave_you_wrong|gave_you_the_wrong|gave_you_incorrect|
    told_you_wrong|told_you_the_wrong|didn't_know|doesn't_know|clearly_didn't|forgot|was_confused|is_new|
    was_new|failed_to|didn't_do|did_not_do|didn't_follow|is_to_blame|are_to_blame|dropped_the_ball|
    was_careless|lied|was_incompetent|is_incompetent|are_useless|is_useless|was_lazy|was_mistaken|
    can't_be_trusted|never_listen|never_listens|has_been_fired|was_fired
{_NOT_EN} [the|our|that|their|your] <unit_en> ~4 made_a_mistake|made_an_error|messed_up|messed_this|
    screwed_up|got_it_wrong|let_us_down|failed_us|let_you_down|didn't_do_their|never_does|never_do|
    never_answers|never_answer|always_does|always_do|always_makes|doesn't_tell_us|don't_tell_us|
    didn't_tell_us|won't_answer_us|ignores_us|ignore_us|is_to_blame|are_to_blame|is_at_fault|are_at_fault|
    is_responsible_for_this|are_responsible_for_this|dropped_the_ball|failed_to|is_useless|are_useless|
    is_a_mess|lost_your|didn't_follow|doesn't_care|don't_care|never_told_us|didn't_bother
not|isn't|wasn't|ain't|aren't|never ~1 our|my [department's|team's] fault|responsibility|department|job|
    problem|doing|mistake|error|area|team_who|decision|call|concern|issue|business !to_judge|with
not_up_to_us|nothing_to_do_with_us|out_of_our_hands|out_of_my_hands|we're_not_to_blame|
    we_are_not_to_blame|we're_not_responsible|we_are_not_responsible|not_responsible_for|don't_blame_us|
    we_can't_be_held|we_cannot_be_held|can't_be_held_responsible|take_no_responsibility|
    accept_no_responsibility|beyond_our_responsibility|not_our_problem|wasn't_us|it_was_not_us|
    don't_look_at_us|don't_blame_me|i_just_work|above_my_pay ~1
that's|this_is|that_is|it's|was|that_was|it_was ~1 another|a_different|the_other|someone_else's|
    another_team's|up_to_the|down_to_the|on_the|all_on_the|because_of_the ~1 department|team|department's|
    team's|problem|fault|<unit_en>|<colleague_en> !working|and_we|so_we've|looking|flight|website|app|
    weather
""",
}
