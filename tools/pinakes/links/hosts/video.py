"""Video sites: both answer 200 for what is not there."""

from __future__ import annotations

from pinakes.links.hosts.rule import Rule, Site

_STATUS = '"playabilityStatus":{"status":"'
_VALIDATOR = "https://github.com/riecenaidoo/youtube-url-validator, main.py"
_YT_DLP = "https://github.com/yt-dlp/yt-dlp/issues/17552"
_NEWPIPE = (
    "https://github.com/TeamNewPipe/NewPipeExtractor,"
    " extractor/src/main/java/org/schabi/newpipe/extractor/services/youtube/extractors/YoutubeStreamExtractor.java"
)
_YT_DLP_BILIBILI = "https://github.com/yt-dlp/yt-dlp, yt_dlp/extractor/bilibili.py"

_YOUTUBE = Site(
    name="youtube.com",
    hosts=("youtube.com", "youtu.be", "youtube-nocookie.com"),
    enough=((_STATUS + 'OK"').encode(),),
    rules=(
        Rule(
            name="consent",
            verdict="blocked",
            reason="YouTube asks for consent to its cookies first",
            source="https://github.com/ArchiveTeam/youtube-grab/issues/11",
            url=r"consent\.(?:youtube|google)\.[a-z.]+/.*",
        ),
        Rule(
            name="the video is there",
            verdict="ok",
            reason="the video is there",
            source=_VALIDATOR,
            data=f'{_STATUS}OK"',
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="YouTube wants to see a person first",
            source=_YT_DLP,
            data=f'{_STATUS}LOGIN_REQUIRED"',
            then=r".*?not a (?:bot|robot)",
        ),
        Rule(
            name="age",
            verdict="ok",
            reason="the video is there, for adults who are signed in",
            source=f"{_NEWPIPE} and https://github.com/yt-dlp/yt-dlp, yt_dlp/extractor/youtube/_video.py",
            data=f'{_STATUS}LOGIN_REQUIRED"',
            then=r".*?(?:confirm your age|inappropriate for some)",
        ),
        Rule(
            name="private",
            verdict="soft_gone",
            reason="the video has been made private",
            source=_NEWPIPE,
            data=f'{_STATUS}LOGIN_REQUIRED"',
            then=r".*?(?:private video|video is private)",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="YouTube wants a login",
            source=_NEWPIPE,
            data=f'{_STATUS}LOGIN_REQUIRED"',
        ),
        Rule(
            name="account closed",
            verdict="soft_gone",
            reason="the account that the video was in has been closed",
            source=_NEWPIPE,
            data=f'{_STATUS}ERROR"',
            then=r".*?account.{0,60}(?:terminated|closed)|.*?closed their YouTube account",
        ),
        Rule(
            name="removed",
            verdict="soft_gone",
            reason="YouTube says that the video is not available any more",
            source=_VALIDATOR,
            data=f'{_STATUS}ERROR"',
        ),
        Rule(
            name="not to be seen here",
            verdict="blocked",
            reason="YouTube does not show the video here",
            source="https://github.com/FreeTubeApp/FreeTube/issues/8931",
            data=f'{_STATUS}UNPLAYABLE"',
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="YouTube shows its frame without the video",
            source="https://github.com/microlinkhq/is-antibot, src/providers.json",
            title=r"\s*-\s*YouTube",
        ),
    ),
)
_BILIBILI = Site(
    name="bilibili.com",
    hosts=("bilibili.com", "b23.tv"),
    enough=(b'"videoData":{"bvid":"BV', b'"readInfo":{"id":'),
    rules=(
        Rule(
            name="not found",
            verdict="gone",
            reason="Bilibili's interface says that it is gone or hidden",
            source="https://github.com/NeeYoonc/bili-sync-up/pull/151",
            json=r'\{"code":\s*(?:-404|62002|62012)\b',
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Bilibili refuses robots",
            source="https://github.com/qianxuntudou-ops/bilibili-API-collect, docs/misc/errcode.md",
            json=r'\{"code":\s*(?:-352|-412|-403|-401|-101)\b',
        ),
        Rule(
            name="the video is there",
            verdict="ok",
            reason="the video is there",
            source="https://github.com/notnotype/bili_statics, video_info.js",
            data='"videoData":{"bvid":"BV',
        ),
        Rule(
            name="the article is there",
            verdict="ok",
            reason="the article is there",
            source="https://github.com/Well2333/nonebot-plugin-bilichat/issues/228",
            element=("#read-article-holder", ".opus-module-content", ".article-content"),
        ),
        Rule(
            name="the article is there",
            verdict="ok",
            reason="the article is there",
            source="https://github.com/SocialSisterYi/bilibili-API-collect/issues/859",
            data='"readInfo":{"id":',
        ),
        Rule(
            name="deleted",
            verdict="soft_gone",
            reason="Bilibili says that the video is gone",
            source="https://github.com/dropod/issues/issues/1384",
            title=r"视频去哪了呢？?\??_哔哩哔哩.{0,40}",
        ),
        Rule(
            name="deleted",
            verdict="soft_gone",
            reason="Bilibili says that there is no such page",
            source="https://github.com/dropod/issues/issues/9274",
            title=r"出错啦[!！]?(?: - bilibili\.com)?",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Bilibili wants a login",
            source=_YT_DLP_BILIBILI,
            script=r"window\.__INITIAL_STATE__\s*=\s*\{\"error\":\{(?:\"code\":\d+,)?\"trueCode\":-403\b",
        ),
        Rule(
            name="deleted",
            verdict="soft_gone",
            reason="Bilibili says that it is gone",
            source=_YT_DLP_BILIBILI,
            script=r"window\.__INITIAL_STATE__\s*=\s*\{\"error\":\{(?:\"code\":\d+,)?\"trueCode\":-404\b",
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Bilibili wants to see a person first",
            source=_YT_DLP_BILIBILI,
            script=r"window\._riskdata_\s*=",
        ),
    ),
)
VIDEO = (_YOUTUBE, _BILIBILI)
