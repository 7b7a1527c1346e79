#!/usr/bin/perl
# Writes every ticket of Request Tracker 5 as JSON, one line each, with its history and attachments. Reads only.
# Run it on the machine of RT, as a user who may read RT's configuration:
#     perl request-tracker.pl > rt.jsonl
#     perl request-tracker.pl --updated-since '2026-11-01 00:00:00' > rt.jsonl
use strict;
use warnings;
use utf8;
BEGIN { unshift @INC, grep { -d } '/opt/rt5/local/lib', '/opt/rt5/lib', '/usr/local/share/request-tracker5/lib', '/usr/share/request-tracker5/lib' }
use Getopt::Long;
use JSON ();
use MIME::Base64 qw(encode_base64);
use RT;

my $since;
GetOptions('updated-since=s' => \$since) or die "Usage: request-tracker.pl [--updated-since 'YYYY-MM-DD HH:MM:SS']\n";
RT::LoadConfig();
RT::Init();
binmode STDOUT, ':raw';
my $json = JSON->new->utf8->canonical;
my %people;

# `Name <address>`, as Linchpin reads it; nothing for Nobody and for RT itself
sub person {
    my ($id) = @_;
    return undef if !$id || $id == RT->Nobody->Id || $id == RT->SystemUser->Id;
    return $people{$id} //= do {
        my $user = RT::User->new(RT->SystemUser);
        $user->Load($id);
        my $name = $user->RealName || $user->Name || '';
        my $mail = $user->EmailAddress || '';
        $mail && $name ne $mail ? "$name <$mail>" : $mail || $name;
    };
}
sub moment { my ($date) = @_; return $date && $date->IsSet ? $date->W3CDTF(Timezone => 'UTC') : undef }
sub queue { my ($id) = @_; my $q = RT::Queue->new(RT->SystemUser); $q->Load($id); return $q->Name }

# The text of a transaction, and everything else that hangs on it
sub contents {
    my ($txn) = @_;
    my ($text, $html, @files);
    my $attachments = $txn->Attachments;
    while (my $a = $attachments->Next) {
        my $type = lc($a->ContentType || '');
        next if $type =~ m{^multipart/};
        my $name = $a->Filename;
        if (!defined $name || $name eq '') {
            if ($type eq 'text/plain' && !defined $text) { $text = $a->Content; next }
            if ($type eq 'text/html' && !defined $html) { $html = $a->Content; next }
        }
        my $bytes = $a->OriginalContent;
        next if !defined $bytes || $bytes eq '';
        utf8::encode($bytes) if utf8::is_utf8($bytes);
        push @files, { name => $name || 'attachment', type => $type, base64 => encode_base64($bytes, '') };
    }
    return (defined $text ? (text => $text) : defined $html ? (html => $html) : (), @files ? (attachments => \@files) : ());
}

sub entry {
    my ($txn) = @_;
    my $type = $txn->Type;
    my %entry = (id => $txn->Id, created => moment($txn->CreatedObj), author => person($txn->Creator));
    if ($type eq 'Create' || $type eq 'Correspond' || $type eq 'Comment') {
        return { %entry, type => $type, contents($txn) };
    }
    my $field = $txn->Field || '';
    my ($old, $new) = ($txn->OldValue, $txn->NewValue);
    if ($type eq 'Status' || ($type eq 'Set' && $field eq 'Status')) { return { %entry, field => 'status', old => $old, new => $new } }
    if ($field eq 'Owner') { return { %entry, field => 'owner', old => person($old), new => person($new) } }
    if ($field eq 'Queue') { return { %entry, field => 'queue', old => queue($old), new => queue($new) } }
    if ($type eq 'Set' && $field =~ /^(Subject|Priority)$/) { return { %entry, field => 'rt ' . lc $field, text => "$field: " . ($old // '') . " \x{2192} " . ($new // '') } }
    if ($type eq 'AddLink' || $type eq 'DeleteLink' || $type eq 'CustomField') {
        my $what = $txn->BriefDescription;
        $what =~ s/<[^>]*>//g;
        return undef if $what =~ /^Merged into/;
        return { %entry, field => 'rt ' . lc $type, text => $what };
    }
    return undef;
}

my $handle = RT->DatabaseHandle->dbh;
my $list = $handle->selectall_arrayref(
    "SELECT id, EffectiveId FROM Tickets WHERE Type = 'ticket' AND Status <> 'deleted'" . ($since ? ' AND LastUpdated >= ?' : '') . ' ORDER BY id',
    undef, $since ? ($since) : ());
for my $row (@$list) {
    my ($id, $effective) = @$row;
    if ($id != $effective) {
        my ($subject, $created, $updated) = $handle->selectrow_array('SELECT Subject, Created, LastUpdated FROM Tickets WHERE id = ?', undef, $id);
        utf8::decode($subject) unless utf8::is_utf8($subject);
        print $json->encode({ id => $id, subject => $subject, merged_into => $effective, created => "${created}Z", updated => "${updated}Z" }), "\n";
        next;
    }
    my $ticket = RT::Ticket->new(RT->SystemUser);
    $ticket->Load($id);
    my @entries;
    my $transactions = $ticket->Transactions;
    $transactions->OrderByCols({ FIELD => 'Created' }, { FIELD => 'id' });
    my $seen = 0;
    while (my $txn = $transactions->Next) {
        my $entry = entry($txn) or next;
        # a ticket that was merged in was created too: that is a part of the conversation here
        $entry->{type} = 'Correspond' if ($entry->{type} // '') eq 'Create' && $seen++;
        push @entries, $entry;
    }
    my @requestors = map { person($_->Id) } @{ $ticket->Requestors->UserMembersObj->ItemsArrayRef };
    my %more;
    $more{'Other requestors'} = join ', ', @requestors[1 .. $#requestors] if @requestors > 1;
    my @cc = map { person($_->Id) } @{ $ticket->Cc->UserMembersObj->ItemsArrayRef };
    $more{'Cc'} = join ', ', @cc if @cc;
    my $fields = $ticket->CustomFields;
    while (my $field = $fields->Next) {
        my $values = $ticket->CustomFieldValues($field);
        my $text = join ', ', map { $_->Content } @{ $values->ItemsArrayRef };
        $more{ $field->Name } = $text if $text ne '';
    }
    print $json->encode({
        id => $id, subject => $ticket->Subject, queue => $ticket->QueueObj->Name, status => $ticket->Status,
        requestor => $requestors[0], owner => person($ticket->Owner),
        created => moment($ticket->CreatedObj), updated => moment($ticket->LastUpdatedObj), resolved => moment($ticket->ResolvedObj),
        %more, transactions => \@entries,
    }), "\n";
}
