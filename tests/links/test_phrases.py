"""Sentences that a page consists of when it isn't the article, and titles that only speak of such."""

from __future__ import annotations

import pytest

from pinakes.links.phrases import is_login, is_not_found, is_robot_check, may_be_message

NOT_FOUND = """
404
404 Not Found
404 - 知乎
Page not found
Page Not Found · GitHub
Page not found | Example Blog
404_页面不存在 - 博客园
Error 404 (Not Found)!!1
404 Error: Page Not Found
404 Oops... - 豆瓣
Oops! That page can’t be found.
Sorry, this page isn't available.
The page you are looking for could not be found
The page you requested was not found.
The requested URL was not found on this server
We can't find the page you're looking for
This page does not exist
This article has been removed
The author deleted this Medium story.
Nothing found
410 Gone
HTTP 404
抱歉，您访问的页面不存在
抱歉，您查看的文章不存在或已被删除
对不起，您要访问的页面不存在！
页面不存在 - 某某网
该文章已被作者删除
您访问的文章不存在
很抱歉，页面找不到了
404,您访问的页面已经不存在!
内容不存在或已被删除
找不到页面
抱歉，没有找到您要的页面
此页面已失效
视频不见了
啊哦，页面走丢了
抱歉，文章已被下架
404错误页面
頁面不存在
抱歉，您訪問的頁面不存在
你似乎来到了没有知识存在的荒原
The content has been deleted by the author.
抱歉，你访问的页面地址有误，或者该页面不存在
分享链接已过期
该分享文件已过期
"""
ABOUT = """
404 Not Found 是什么意思
如何自定义 404 页面
404 - Not Found 是什么意思
404 Not Found | 一文看懂 404 错误
How to fix a 404 error
What is a 404 page?
Understanding soft 404s
404 公寓的故事
微信文章被删除怎么办
该内容已被发布者删除：微信删文研究
为什么页面不存在
页面不存在时如何跳转
我的文章被删除了，于是我写了一个备份工具
内容安全：文章不存在的检测
The page that was never found again
A Page Not Found in Any Book
Missing data
The Missing Semester of Your CS Education
Gone with the Wind
Deleted scenes
深度学习中的注意力机制
Attention Is All You Need
"""
ROBOT = """
Just a moment...
Attention Required! | Cloudflare
Access denied
Access to this page has been denied
Making sure you're not a bot!
Robot Check
Verify you are human
Checking your browser before accessing example.com
Pardon Our Interruption
Vercel Security Checkpoint
DDoS-Guard
Sina Visitor System
安全验证 - 知乎
百度安全验证
滑动验证页面
验证码中间页
人机验证
请稍候…
"""
NO_ROBOT = """
滑动验证码的实现原理
安全验证：如何设计
Access control in Linux
Are you a robot? An essay on Turing
Just a moment of silence
CAPTCHA: a history
"""
LOGIN = """
登录 - 某站
用户登录
请先登录
登录/注册
统一身份认证平台
Sign in · GitLab
Log in | Example
Login
Sign in to your account
"""
NO_LOGIN = """
微信登录接口详解
如何实现单点登录
Login with OAuth explained
Sign language recognition
"""


def lines(text):
    return text.strip().splitlines()


@pytest.mark.parametrize("title", lines(NOT_FOUND))
def test_a_sentence_that_says_not_found(title):
    assert is_not_found(title)
    assert may_be_message(title)


@pytest.mark.parametrize("title", lines(ABOUT))
def test_a_title_that_only_speaks_of_what_is_not_found(title):
    assert not is_not_found(title)


@pytest.mark.parametrize("title", lines(ROBOT))
def test_a_title_of_a_robot_check(title):
    assert is_robot_check(title)
    assert may_be_message(title)


@pytest.mark.parametrize("title", lines(NO_ROBOT))
def test_a_title_about_robot_checks(title):
    assert not is_robot_check(title)


@pytest.mark.parametrize("title", lines(LOGIN))
def test_a_title_of_a_login(title):
    assert is_login(title)
    assert may_be_message(title)


@pytest.mark.parametrize("title", lines(NO_LOGIN))
def test_a_title_about_logins(title):
    assert not is_login(title)
