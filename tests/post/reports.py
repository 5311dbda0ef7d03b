"""Delivery reports as mail servers send them, about a letter that could not be delivered."""

POSTFIX = """\
From: MAILER-DAEMON@mx.example.nl (Mail Delivery System)
To: {returns}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9B6A7123.1795512720/mx.example.nl"
Message-Id: <20261124101200.0A1B2@mx.example.nl>

This is a MIME-encapsulated message.

--9B6A7123.1795512720/mx.example.nl
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<{address}>: host mail.example.nl[192.0.2.25] said: 550 5.1.1
    <{address}>: Recipient address rejected: User unknown

--9B6A7123.1795512720/mx.example.nl
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.nl
X-Postfix-Queue-ID: 9B6A7123
Arrival-Date: Tue, 24 Nov 2026 10:12:00 +0100 (CET)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.nl
Diagnostic-Code: smtp; {said}

--9B6A7123.1795512720/mx.example.nl
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Vitaal <post@vitaal.example>
To: {address}
Subject: Anna noemde je

--9B6A7123.1795512720/mx.example.nl--
"""

EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: {returns}
Auto-Submitted: auto-replied
X-Failed-Recipients: {address}
Content-Type: multipart/report; report-type=delivery-status; boundary=1795512720-eximdsn-1
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1abcde-0001-Xy@mx.example.org>

--1795512720-eximdsn-1
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

  {address}
    Unrouteable address

--1795512720-eximdsn-1
Content-type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Action: failed
Final-Recipient: rfc822;{address}
Status: 5.0.0
Remote-MTA: dns; mail.example.nl
Diagnostic-Code: smtp; 550 No such user here

--1795512720-eximdsn-1
Content-type: message/rfc822

From: Vitaal <post@vitaal.example>
To: {address}
Subject: Anna noemde je

Hoi
--1795512720-eximdsn-1--
"""

OFFICE365 = """\
From: <postmaster@example.nl>
To: <{returns}>
Date: Tue, 24 Nov 2026 09:12:02 +0000
Content-Type: multipart/report; report-type=delivery-status;
 boundary="d0b5b2c4-7d5c-4a5b-8f5e"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: nl-NL
Message-ID: <d0b5b2c4@AM0P123MB0001.EURP123.PROD.OUTLOOK.COM>
Subject: =?utf-8?Q?Onbestelbaar:_Anna_noemde_je?=
Auto-Submitted: auto-replied
MIME-Version: 1.0

--d0b5b2c4-7d5c-4a5b-8f5e
Content-Type: multipart/alternative; differences=Content-Type;
 boundary="binnen"

--binnen
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Uw bericht aan {address} kan niet worden bezorgd.

--binnen
Content-Type: text/html; charset="us-ascii"

<p>Uw bericht kan niet worden bezorgd.</p>

--binnen--

--d0b5b2c4-7d5c-4a5b-8f5e
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0P123MB0001.EURP123.PROD.OUTLOOK.COM
Received-From-MTA: dns;mx.vitaal.example
Arrival-Date: Tue, 24 Nov 2026 09:12:01 +0000

Final-Recipient: rfc822;{address}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {address} not found by SMTP address lookup

--d0b5b2c4-7d5c-4a5b-8f5e
Content-Type: message/rfc822

From: Vitaal <post@vitaal.example>
To: <{address}>
Subject: Anna noemde je

Hoi
--d0b5b2c4-7d5c-4a5b-8f5e--
"""

GMAIL = """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {returns}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Message-ID: <6384a1b2.050a0220.GMR@mx.google.com>
Content-Type: multipart/report; boundary="000000000000a1b2"; report-type=delivery-status
MIME-Version: 1.0

--000000000000a1b2
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--000000000000a1b2
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Tue, 24 Nov 2026 01:12:01 -0800 (PST)
X-Original-Message-ID: <id@vitaal>

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (192.0.2.27)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser x1-20020a05600c - gsmtp
Last-Attempt-Date: Tue, 24 Nov 2026 01:12:02 -0800 (PST)

--000000000000a1b2
Content-Type: message/rfc822

From: Vitaal <post@vitaal.example>
To: {address}
Subject: Anna noemde je

Hoi
--000000000000a1b2--
"""


def postfix(address: str, returns: str = "terug@example.nl", *, action: str = "failed", status: str = "5.1.1",
            said: str = "550 5.1.1 User unknown") -> str:  # fmt: skip
    """What Postfix writes, about this address."""
    return POSTFIX.format(address=address, returns=returns, action=action, status=status, said=said)
