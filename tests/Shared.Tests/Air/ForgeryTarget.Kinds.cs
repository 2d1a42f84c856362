using Loa.Jose;

namespace Loa.Air;

/// <summary>The kinds of document, each with its own way to go wrong.</summary>
sealed partial record ForgeryTarget
{
    static ForgeryTarget Delegations()
    {
        var chain = Chain();
        var wide = Some.Delegation(SomeKeys.Stranger, kinds) with { Units = [Some.Province] };
        return Target(
            wide.Sign(SomeKeys.Root),
            text => chain.Learn(text).Ok,
            wide,
            [SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            []
        );
    }

    static ForgeryTarget RevocationLists()
    {
        var third = Some.Revocations with { Version = 3 };
        var second = (third with { Version = 2 }).Sign(SomeKeys.Root);
        return Target(
            third.Sign(SomeKeys.Root),
            text =>
            {
                var chain = new Chain(SomeKeys.Root.Public);
                return chain.Revoke(second).Ok && chain.Revoke(text).Ok;
            },
            third,
            [SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [random => (third with { Version = random.Next(1, 3) }).Sign(SomeKeys.Root)]
        );
    }

    static ForgeryTarget Releases()
    {
        var chain = Chain();
        var release = Some.Release;
        return Target(
            release.Sign(SomeKeys.Officer),
            text => chain.Verify(text, new ReleaseRule(Some.Path, now)).Ok,
            release,
            [SomeKeys.Root, SomeKeys.Server, SomeKeys.Technician],
            [
                _ => (release with { Units = [] }).Sign(SomeKeys.Officer),
                _ => (release with { Units = [Some.OtherCommune] }).Sign(SomeKeys.Officer),
                random => (release with { Units = [Some.Path[random.Next(2)]] }).Sign(SomeKeys.Officer),
                _ => (release with { Class = AirClass.Emergency }).Sign(SomeKeys.Officer),
                random => (release with { NotBefore = now.AddSeconds(random.Next(1, 99_999)) }).Sign(SomeKeys.Officer),
                random => (release with { Expires = now.AddSeconds(-random.Next(99_999)) }).Sign(SomeKeys.Officer),
            ]
        );
    }

    static ForgeryTarget Placements()
    {
        var chain = Chain();
        var move = Some.Placement with { Version = 2 };
        return Target(
            move.Sign(SomeKeys.Technician),
            text => chain.Verify(text, new PlacementRule(Some.Speaker, SomeKeys.Speaker.KeyId, Some.Placement, now)).Ok,
            move,
            [SomeKeys.Officer, SomeKeys.Server],
            [
                _ => Some.Placement.Sign(SomeKeys.Technician),
                _ => (move with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Root),
                _ => (move with { Kid = SomeKeys.Stranger.KeyId }).Sign(SomeKeys.Root),
                _ => (move with { Path = [Some.Province, Some.OtherDistrict] }).Sign(SomeKeys.Technician),
            ]
        );
    }

    static ForgeryTarget Timetables()
    {
        var chain = Chain();
        var timetable = Some.Timetable;
        return Target(
            timetable.Sign(SomeKeys.Server),
            text => chain.Verify(text, new TimetableRule(Some.Speaker, Some.Path, timetable.Version - 1, now)).Ok,
            timetable,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Technician],
            [
                random => (timetable with { Version = random.Next(1, 7) }).Sign(SomeKeys.Server),
                _ => (timetable with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
            ]
        );
    }

    static ForgeryTarget Commands()
    {
        var chain = Chain();
        var command = Some.Command;
        var replayed = command with { Nonce = "a-nonce-used-before" };
        return Target(
            command.Sign(SomeKeys.Server),
            text =>
            {
                var nonces = new NonceMemory([new SeenNonce(replayed.Nonce, replayed.Expires)]);
                return chain.Verify(text, new CommandRule(Some.Speaker, Some.Path, nonces, now)).Ok;
            },
            command,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Technician],
            [
                _ => replayed.Sign(SomeKeys.Server),
                _ => (command with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
                _ => (command with { Name = "shell" }).Sign(SomeKeys.Server),
                random => (command with { Args = new CommandArgs(random.Next(101, 999)) }).Sign(SomeKeys.Server),
                random => (command with { Expires = now.AddSeconds(-random.Next(9_999)) }).Sign(SomeKeys.Server),
                random => (command with { IssuedAt = now.AddSeconds(random.Next(61, 999)) }).Sign(SomeKeys.Server),
            ]
        );
    }

    static ForgeryTarget Packages()
    {
        var chain = Chain();
        var package = Some.Package;
        return Target(
            package.Sign(SomeKeys.Maker),
            text => chain.Verify(text, new PackageRule(Jws.Digest(text), Some.Path, Some.Model, _ => 2, now)).Ok,
            package,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [
                random => (package with { Version = random.Next(1, 3) }).Sign(SomeKeys.Maker),
                _ => (package with { Units = [Some.OtherDistrict] }).Sign(SomeKeys.Maker),
                _ => (package with { Models = ["loa-other"] }).Sign(SomeKeys.Maker),
                random => (package with { Expires = now.AddSeconds(-random.Next(9_999)) }).Sign(SomeKeys.Maker),
                random => (package with { NotBefore = now.AddSeconds(random.Next(1, 999)) }).Sign(SomeKeys.Maker),
            ]
        );
    }

    static ForgeryTarget Times()
    {
        var chain = Chain();
        var time = Some.Time;
        return Target(
            time.Sign(SomeKeys.Server),
            text => chain.Verify(text, new ToldTimeRule(Some.Speaker, Some.Path, Some.Nonce)).Ok,
            time,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Technician, SomeKeys.Maker],
            [
                _ => (time with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server),
                random => (time with { Nonce = $"an-older-question-{random.Next()}" }).Sign(SomeKeys.Server),
            ]
        );
    }

    static ForgeryTarget Acks()
    {
        var chain = Chain();
        return Target(
            Some.Ack.Sign(SomeKeys.Server),
            text => chain.Verify(text, new AcknowledgementRule(Some.Speaker, Some.Path, now)).Ok,
            Some.Ack,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Technician, SomeKeys.Maker],
            [_ => (Some.Ack with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Server)]
        );
    }

    static ForgeryTarget Records()
    {
        RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Speaker, out var head);
        var second = Some.Record with { Seq = head.Seq + 1, Prev = head.Hash };
        return Target(
            second.Sign(SomeKeys.Speaker),
            text =>
            {
                var verdict = RecordChain.Verify(
                    head,
                    text,
                    Some.Speaker,
                    SomeKeys.Speaker.Public,
                    out var link,
                    out var next
                );
                return verdict.Ok && link == RecordLink.Next && next != head;
            },
            second,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [
                _ => (second with { Seq = 1, Prev = "" }).Sign(SomeKeys.Speaker),
                random => (second with { Seq = random.Next(3, 99) }).Sign(SomeKeys.Speaker),
                _ => (second with { Prev = new string('0', 64) }).Sign(SomeKeys.Speaker),
                _ => (second with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Speaker),
            ]
        );
    }

    static ForgeryTarget Proofs() =>
        Target(
            Some.Proof.Sign(SomeKeys.Speaker),
            text => ConnectionProof.Verify(text, Some.Speaker, SomeKeys.Speaker.Public, Some.Server, Some.Nonce).Ok,
            Some.Proof,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [
                _ => (Some.Proof with { Speaker = Some.OtherSpeaker }).Sign(SomeKeys.Speaker),
                _ => (Some.Proof with { Server = "other.example" }).Sign(SomeKeys.Speaker),
                random => (Some.Proof with { Nonce = $"an-older-nonce-{random.Next()}" }).Sign(SomeKeys.Speaker),
            ]
        );

    static ForgeryTarget Enrolments() =>
        Target(
            Some.Enrolment.Sign(SomeKeys.Speaker),
            text => Enrolment.Verify(text).Ok,
            Some.Enrolment,
            [SomeKeys.Root, SomeKeys.Officer, SomeKeys.Server, SomeKeys.Technician],
            [_ => (Some.Enrolment with { Jwk = SomeKeys.Stranger.Public.Jwk }).Sign(SomeKeys.Speaker)]
        );
}
