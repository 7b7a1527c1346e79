# Fills an empty Request Tracker with one conversation, one ticket that is merged into it, and one that is resolved.
use strict;
use warnings;
use utf8;
use lib '/usr/share/request-tracker5/lib';
use RT;
use MIME::Entity;
RT::LoadConfig();
RT::Init();
my $ada = RT::User->new(RT->SystemUser);
$ada->Create(Name=>'ada', RealName=>'Ada Berg', EmailAddress=>'ada@harbour.example', Privileged=>1);
$ada->PrincipalObj->GrantRight(Right=>$_, Object=>RT->System) for qw(OwnTicket ShowTicket ReplyToTicket CommentOnTicket SeeQueue ModifyTicket);
my $q = RT::Queue->new(RT->SystemUser);
$q->Create(Name=>'Networks');
sub u { my $u = RT::CurrentUser->new;
$u->LoadByEmail($_[0]);
$u }
my $t = RT::Ticket->new(RT->SystemUser);
my ($id) = $t->Create(Queue=>'General', Subject=>'VPN fällt aus', Requestor=>['Bo Müller <bo@harbour.example>'], MIMEObj=>MIME::Entity->build(Type=>'text/plain', Charset=>'UTF-8', Data=>[Encode::encode('UTF-8',"Seit heute früh.\n\nGruß, Bo")]));
$t->SetOwner($ada->Id, 'Force');
my $m = MIME::Entity->build(Type=>'multipart/mixed');
$m->attach(Type=>'text/plain', Charset=>'UTF-8', Data=>["Please try again."]);
$m->attach(Type=>'image/png', Filename=>'shot.png', Encoding=>'base64', Data=>["\x89PNG\x0d\x0a\x1a\x0a\x00\xff"]);
my $cu = RT::CurrentUser->new;
$cu->Load('ada');
my $as = RT::Ticket->new($cu);
$as->Load($id);
my $tt = RT::Ticket->new(RT->SystemUser);
$tt->Load($id);

my ($ok,$msg)=$as->Correspond(MIMEObj=>$m);
die $msg if !$ok;
my ($ok2,$msg2) = ($as->Comment(Content=>'<script>alert(1)</script> router 7'));
die $msg2 if !$ok2;
$tt->SetQueue('Networks');
$tt->SetStatus('stalled');

my $o = RT::Ticket->new(RT->SystemUser);
my ($oid) = $o->Create(Queue=>'General', Subject=>'Same again', Requestor=>['bo@harbour.example'], MIMEObj=>MIME::Entity->build(Type=>'text/plain',Data=>['Still down']));

my ($mid) = do { my $x = RT::Ticket->new(RT->SystemUser);
$x->Create(Queue=>'General', Subject=>'Done one', Requestor=>['eve@harbour.example'], Content=>'x') };
my $d = RT::Ticket->new(RT->SystemUser);
$d->Load($mid);
$d->SetStatus('resolved');
$o->MergeInto($id);
