"""Quarrelling with the customer: contradiction and dismissal, in English; irony."""

from __future__ import annotations

from collections.abc import Mapping

ARGUES: Mapping[str, str] = {
    "contradicts-en": """
we|i|we've|i've|we_have|i_have [have|already] told|said|explained|answered ~3 times|twice
-if|not|whether|when|think|correct|aren't|yourself|hope|hoping you're|you_are|you_were|you_could_not_be|
    you_couldn't_be|that's|that_is|this_is|what_you_said_is|what_you're_saying_is|your_statement_is|
    that_statement_is [simply|just|completely|totally|absolutely|plainly|quite|entirely|very|flat_out|
    dead|clearly|also|factually|simply_not|actually|frankly|blatantly|patently] wrong|mistaken|incorrect|
    not_true|untrue|false|a_lie|nonsense|ridiculous|absurd|not_correct|not_accurate|inaccurate|
    not_the_case|rubbish|unfair_to_us|bullshit|not_what_happened|more_wrong|not_fair_to|unreasonable|
    being_unreasonable|being_unfair|being_ridiculous|being_rude|not_entirely_true|misleading !size|seat|
    for_your|for_you|
    item|bag|address|gate|of_us|information|product|that_we|for_us|flight|order|place|on_our|if|unable
-if|hope|hoping|sorry that|this|it simply_isn't|just_isn't|isn't|simply_is_not|is_simply_not|is_just_not|
    is_just ~1 true|accurate|correct|the_case|what_happened|wrong !for|that
we|i [strongly|respectfully|completely|totally|must|have_to|beg_to] disagree|beg_to_differ|have_to_differ|
    dispute|reject|deny|object|take_exception|refute !with_how
as|like we|i|we've|we_have|i've|i_have|has|was [have] already|clearly|repeatedly told|said|explained|
    stated|mentioned|informed|advised|pointed|made_clear|been_told|answered !in_dm|in_our_dm|via_dm|
    in_the_dm|in_our_direct|in_our_previous
we|i|we've|i've|you've|you_have|you_were|we_have|i_have [have] already|repeatedly|told_you|clearly ~1
    told_you|told|said_this|said_that|explained|answered_this|answered_that|answered_you|explained_this|
    been_told|been_over|gone_over|made_clear|before|several_times|many_times|twice
    !us|our|to_our|them|the|him|her|my|both|everyone|everybody
told_you_already|told_you_before|for_the_last_time|for_the_umpteenth|once_again_we_told|i_repeat|
    we_repeat|let_me_repeat|again_as_we|we_keep_telling|we_won't_repeat|not_going_to_repeat ~1
not|won't|no_point|refuse|don't|isn't ~1 going_to|to|in|will|intend_to|here_to|want_to|arguing|argue|
    discuss ~1 argue|debate|arguing|discuss_this_further|discuss_this_any|arguing_with|engage_with|
    tolerate|put_up_with|accept_your|waste|get_into|entertain|fight|bicker|be_spoken_to|be_lectured|
    lecture
don't|do_not|won't|will_not|cannot|can't ~1 tolerate|accept|put_up_with|appreciate|stand_for|allow ~2
    insults|abuse|accusations|tone|attitude|language|lies|being_accused|your|such|lectures|threats
    !business|patience|feedback|your_patience
terms|rules|policy|policies|conditions ~1 are|is [very|perfectly|crystal|quite|pretty|absolutely|the|
    clear] [very] clear|crystal_clear|the_same_for|policy|rules|final|for_everyone|what_they_are|
    not_up_for
^ oh_please $
-please feel_free_to leave|go $
what|which part ~5 do_you_not|don't_you|didn't_you|did_you_not|can't_you|is_unclear|isn't_clear
-not|isn't|hope|wasn't too bad $
^ so_what|go_away|get_over_it $
rules_are_rules|policy_is_policy|a_rule_is_a_rule|facts_are_facts|get_your_facts|check_your_facts|
    do_your_research|do_your_homework|educate_yourself|know_your_facts|know_what_you're_talking|
    don't_know_what_you're_talking|you_don't_know_what|you_have_no_idea|no_idea_what_you're|
    you're_not_listening|you_are_not_listening|you_don't_listen|are_you_even_listening|read_it_again|
    read_our_reply_again|just_your_opinion|only_your_opinion|that's_your_opinion|entitled_to_your_opinion|
    what_do_you_want_us_to|what_do_you_want_me_to|what_more_do_you|what_else_do_you_want|
    what_exactly_do_you_want|not_our_problem|stop_complaining|stop_lying|stop_insulting|stop_making|
    stop_shouting|stop_yelling|stop_tweeting|stop_harassing|stop_spamming|stop_blaming|stop_being_so|
    stop_bothering|stop_wasting|stop_accusing|stop_exaggerating|stop_messaging|enough_already|
    enough_is_enough|watch_your_tone|watch_your_language|mind_your_language|mind_your_manners|
    don't_blame_us|don't_lie|don't_insult|don't_accuse|don't_be_rude|don't_be_ridiculous|don't_be_absurd|
    don't_be_so|don't_talk_to_us|don't_you_dare|how_dare_you|unfair_of_you|not_fair_of_you|
    unreasonable_of_you|rude_of_you|we_did_nothing_wrong|we_did_everything_right|we've_done_nothing_wrong|
    we_have_done_nothing_wrong|we_didn't_do_anything_wrong|our_service_is_excellent|we_were_right ~1
    !survey|matters|is_important|counts|is_valued|and_feedback|helps|here|means|team|about|on|with_us
""",
    "dismisses-en": """
-whether if you_don't_like|you_do_not_like|you're_not_happy|you're_unhappy|you_are_unhappy|
    you_are_not_happy|it's_so_bad|you_hate|you're_that|you_think_you_can ~4 leave|go_elsewhere|
    go_somewhere|try_another|shop_elsewhere|switch|find_another|find_someone|there's_the_door|the_door|
    feel_free_to_leave|feel_free_to_go|feel_free_to_switch|don't_buy|don't_fly|don't_use|don't_come|
    take_your_business|cancel|your_loss|use_someone|tough
take_your_business_elsewhere|you're_free_to_leave|you_are_free_to_leave|free_to_go_elsewhere|
    feel_free_to_go_elsewhere|feel_free_to_switch|go_elsewhere|shop_elsewhere|go_to_a_competitor|
    go_to_our_competitors|try_our_competitors|nobody_is_forcing|no_one_is_forcing|nobody_forces|
    there's_the_door|don't_let_the_door|the_door_is_that|there_are_other_airlines|there_are_other_banks|
    plenty_of_other_companies|good_riddance|won't_miss_you|won't_be_missed|
    we_have_plenty_of_other_customers|we_have_plenty_of_customers|we_have_other_customers|
    we_have_better_things|we_have_more_important|we're_too_busy|we_don't_have_time_for|
    don't_have_time_for_this|wasting_our_time|waste_of_our_time|waste_of_time|we_don't_care|i_don't_care|
    we_couldn't_care|couldn't_care_less|could_care_less|who_cares|tough_luck|deal_with_it|live_with_it|
    suck_it_up|like_it_or_not|take_it_or_leave|it_is_what_it_is|that's_just_how_it_is|that's_how_it_is|
    that's_the_way_it_is|end_of_story|end_of_discussion|end_of_conversation|case_closed|discussion_over|
    conversation_over|this_conversation_is_over|this_discussion_is_over|nothing_more_to_say|
    nothing_further_to_say|full_stop|period_end|do_what_you_want|do_whatever_you|do_as_you_please|
    suit_yourself|complain_all_you|complain_wherever|complain_to_whoever|go_ahead_and_complain|
    go_ahead_and_sue|go_ahead_and_post|go_ahead_and_leave|sue_us|report_us|see_if_we_care|
    talk_to_the_hand|not_our_concern|it's_your_problem|that's_your_problem|that_is_your_problem|
    sounds_like_a_you|a_you_problem|sucks_to_be|get_lost|shut_up|leave_us_alone|get_a_life|get_a_grip|
    get_real|give_it_a_rest|give_us_a_break|cry_somewhere !with|is|has|happened|you_need|for_being|
    about_your|we_can|works|the|it_takes|the_reason|a_while|to_hear|in|at|was|solved|the_flight|the_month|
    the_day|the_year|today|service|your|this_week|season|that|of
""",
    # Friendly between friends; to somebody who complains, mockery.
    "irony": """
oh_please|do_tell|good_luck_with_that|best_of_luck_with_that|how_adorable|tissues|si_claro|sure_you_did|
    suerte_con_eso $
jaja*|jeje*|jiji*|haha*|lol|lmao|rofl|jsjs*|xd|xdd*
what_a_surprise|big_surprise|shocker|nice_try|good_one|someone_woke_up|someone_got_up|someone's_having|
    thanks_for_the_lovely|thank_you_for_the_lovely|thanks_for_your_lovely|thanks_for_your_kind_words|
    thank_you_for_your_kind_words|thanks_for_the_kind_words|how_sweet|how_cute|congratulations|congrats|
    you_don't_say|fascinating|oh_dear_oh_dear|lovely_message|cheer_up
que_gracioso|que_simpatico|que_simpatica|que_sorpresa|que_novedad|que_original|vaya_novedad|felicidades|
    felicitaciones|enhorabuena|bravo|aplausos|gracias_por_tus_amables|gracias_por_tus_lindas_palabras|
    gracias_por_tu_carino|gracias_por_tus_bonitas_palabras|gracias_por_tan_amables|animo_campeon|
    que_maravilla|genial_tu|encantador|encantadora|sonrie|que_tierno|que_bonito
-no|nada|estamos|son|tan te|le encanta|gusta quejar*|protestar|reclamar|exagerar|llamar_la_atencion|
    dramatizar
""",
}
