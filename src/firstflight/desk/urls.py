# SPDX-License-Identifier: Apache-2.0
"""The desk's addresses, under /desk/."""

from django.urls import path

from firstflight.desk.views import (
    dashboard,
    finance,
    fulfilment,
    home,
    pictures,
    projects,
    review,
    rewards,
    story,
    team,
    terms,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.new, name="new"),
    path("projects/<int:campaign_id>/", projects.overview, name="overview"),
    path("projects/<int:campaign_id>/submit/", projects.submit, name="submit"),
    path("projects/<int:campaign_id>/comments/<int:comment_id>/", projects.resolve, name="resolve"),
    path("projects/<int:campaign_id>/story/", story.story, name="story"),
    path("projects/<int:campaign_id>/story/preview/", story.preview_text, name="preview_text"),
    path("projects/<int:campaign_id>/faq/", story.faq, name="faq"),
    path("projects/<int:campaign_id>/pictures/", pictures.pictures, name="pictures"),
    path("projects/<int:campaign_id>/pictures/upload/", pictures.upload, name="upload"),
    path(
        "projects/<int:campaign_id>/pictures/<int:picture_id>/cover/",
        pictures.choose_cover,
        name="cover",
    ),
    path(
        "projects/<int:campaign_id>/pictures/<int:picture_id>/remove/",
        pictures.remove,
        name="remove_picture",
    ),
    path("projects/<int:campaign_id>/team/", team.team, name="team"),
    path(
        "projects/<int:campaign_id>/team/<int:member_id>/",
        team.change_member,
        name="change_member",
    ),
    path(
        "projects/<int:campaign_id>/team/<int:member_id>/remove/",
        team.remove_from_team,
        name="remove_from_team",
    ),
    path("projects/<int:campaign_id>/editors/", team.invite_editor, name="invite_editor"),
    path(
        "projects/<int:campaign_id>/editors/<int:person_id>/remove/",
        team.remove_editor,
        name="remove_editor",
    ),
    path("projects/<int:campaign_id>/terms/", terms.terms, name="terms"),
    path("projects/<int:campaign_id>/rewards/", rewards.rewards, name="rewards"),
    path("projects/<int:campaign_id>/rewards/new/", rewards.edit_reward, name="new_reward"),
    path("projects/<int:campaign_id>/rewards/<int:reward_id>/", rewards.edit_reward, name="reward"),
    path(
        "projects/<int:campaign_id>/rewards/<int:reward_id>/delete/",
        rewards.delete_reward,
        name="delete_reward",
    ),
    path(
        "projects/<int:campaign_id>/stock/<int:stock_id>/", rewards.more_places, name="more_places"
    ),
    path("projects/<int:campaign_id>/dashboard/", dashboard.dashboard, name="dashboard"),
    path("review/", review.queue, name="review"),
    path("review/<int:campaign_id>/", review.read, name="review_read"),
    path("review/<int:campaign_id>/comment/", review.comment, name="comment"),
    path("review/<int:campaign_id>/decide/", review.decide, name="decide"),
    path("finance/", finance.campaigns, name="finance"),
    path("finance/<int:campaign_id>/", finance.books, name="books"),
    path("finance/<int:campaign_id>/pledges/", finance.pledges, name="pledges"),
    path("finance/pledges/<uuid:pledge_id>/", finance.pledge, name="pledge"),
    path("finance/pledges/<uuid:pledge_id>/refund/", finance.give_back, name="refund"),
    path("fulfilment/", fulfilment.campaigns, name="fulfilment"),
    path("fulfilment/<int:campaign_id>/", fulfilment.campaign, name="parcels"),
    path("fulfilment/<int:campaign_id>/ask/", fulfilment.ask, name="ask"),
    path("fulfilment/<int:campaign_id>/lock/", fulfilment.lock, name="lock"),
    path("fulfilment/<int:campaign_id>/export.<str:form>", fulfilment.export, name="export"),
    path("fulfilment/<int:campaign_id>/tracking/", fulfilment.tracking, name="tracking"),
]
