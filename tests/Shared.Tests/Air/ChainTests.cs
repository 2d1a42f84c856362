using Loa.Jose;

namespace Loa.Air;

public sealed class ChainTests
{
    static readonly ReleaseRule heardNow = new(Some.Path, Some.Now);

    [Fact]
    public void A_good_release_is_believed_and_its_document_returned()
    {
        var verdict = Some.Chain().Verify(Some.Release.Sign(SomeKeys.Officer), heardNow);

        Assert.True(verdict.Ok);
        Assert.Equal(Some.Release.Digest, verdict.Document.Digest);
        Assert.Equal(Some.Release.Duration, verdict.Document.Duration);
    }

    [Fact]
    public void The_default_verdict_is_no() => Assert.False(default(Verdict<Release>).Ok);

    [Theory]
    [InlineData(AirKind.Release)]
    [InlineData(AirKind.Placement)]
    public void The_servers_stolen_key_signs_neither_releases_nor_placements(AirKind kind)
    {
        var chain = Some.Chain();

        var reason =
            kind == AirKind.Release
                ? chain.Verify(Some.Release.Sign(SomeKeys.Server), heardNow).Reason
                : chain
                    .Verify(
                        Some.Placement.Sign(SomeKeys.Server),
                        new PlacementRule(Some.Speaker, SomeKeys.Speaker.KeyId, null, Some.Now)
                    )
                    .Reason;

        Assert.Equal(Refusal.DelegationKind, reason);
    }

    [Fact]
    public void The_server_cannot_delegate_itself_what_it_lacks()
    {
        var chain = Some.Chain();
        var wish = Some.Delegation(SomeKeys.Server, AirKind.Release) with { Units = [Some.Province] };

        Assert.Equal(Refusal.DelegationSignature, chain.Learn(wish.Sign(SomeKeys.Server)).Reason);
        Assert.Equal(Refusal.DelegationKind, chain.Verify(Some.Release.Sign(SomeKeys.Server), heardNow).Reason);
    }

    [Fact]
    public void Not_even_the_root_speaks_without_a_delegation()
    {
        var verdict = Some.Chain().Verify(Some.Release.Sign(SomeKeys.Root), heardNow);

        Assert.Equal(Refusal.KeyUnknown, verdict.Reason);
    }

    [Fact]
    public void A_release_for_a_commune_above_is_heard_only_by_authority_above()
    {
        var district = Some.Release with { Units = [Some.District] };
        var chain = Some.Chain(Some.Delegation(SomeKeys.Spare, AirKind.Release) with { Units = [Some.District] });

        Assert.Equal(Refusal.DelegationUnit, chain.Verify(district.Sign(SomeKeys.Officer), heardNow).Reason);
        Assert.True(chain.Verify(district.Sign(SomeKeys.Spare), heardNow).Ok);
    }

    [Fact]
    public void A_release_for_many_units_is_heard_where_the_authority_reaches()
    {
        var wide = (Some.Release with { Units = [Some.OtherCommune, Some.Commune] }).Sign(SomeKeys.Officer);
        var chain = Some.Chain();

        Assert.True(chain.Verify(wide, heardNow).Ok);
        Assert.Equal(
            Refusal.DelegationUnit,
            chain.Verify(wide, new ReleaseRule([Some.Province, Some.OtherDistrict, Some.OtherCommune], Some.Now)).Reason
        );
    }

    [Fact]
    public void One_delegation_of_many_is_enough()
    {
        var elsewhere = Some.Delegation(SomeKeys.Spare, AirKind.Release) with { Units = [Some.OtherCommune] };
        var old = Some.Delegation(SomeKeys.Spare, AirKind.Release) with { Expires = Some.Now };
        var chain = Some.Chain(elsewhere, old);
        var release = Some.Release.Sign(SomeKeys.Spare);

        Assert.Equal(Refusal.DelegationUnit, chain.Verify(release, heardNow).Reason);
        chain.Learn(Some.Delegation(SomeKeys.Spare, AirKind.Release).Sign(SomeKeys.Root));
        Assert.True(chain.Verify(release, heardNow).Ok);
    }

    [Fact]
    public void Two_halves_of_two_delegations_do_not_make_a_whole()
    {
        var place = Some.Delegation(SomeKeys.Spare, AirKind.Release) with { Classes = [AirClass.Priority] };
        var rank = Some.Delegation(SomeKeys.Spare, AirKind.Release) with { Units = [Some.OtherCommune] };
        var chain = Some.Chain(place, rank);

        Assert.Equal(Refusal.DelegationClass, chain.Verify(Some.Release.Sign(SomeKeys.Spare), heardNow).Reason);
    }

    [Fact]
    public void Validity_begins_with_its_first_moment_and_ends_before_its_last()
    {
        var chain = Some.Chain();
        var release = Some.Release.Sign(SomeKeys.Officer);

        Assert.True(chain.Verify(release, new ReleaseRule(Some.Path, Some.Release.NotBefore)).Ok);
        Assert.Equal(
            Refusal.ReleaseEarly,
            chain.Verify(release, new ReleaseRule(Some.Path, Some.Release.NotBefore.AddMilliseconds(-1))).Reason
        );
        Assert.Equal(
            Refusal.ReleaseExpired,
            chain.Verify(release, new ReleaseRule(Some.Path, Some.Release.Expires)).Reason
        );
        Assert.True(chain.Verify(release, new ReleaseRule(Some.Path, Some.Release.Expires.AddMilliseconds(-1))).Ok);
    }

    [Fact]
    public void A_revocation_takes_what_was_good_a_moment_ago()
    {
        var chain = Some.Chain();
        var release = Some.Release.Sign(SomeKeys.Officer);
        Assert.True(chain.Verify(release, heardNow).Ok);

        var list = Some.Revocations with { Kids = [SomeKeys.Officer.KeyId] };
        Assert.True(chain.Revoke(list.Sign(SomeKeys.Root)).Ok);

        Assert.Equal(Refusal.DelegationRevoked, chain.Verify(release, heardNow).Reason);
        Assert.True(chain.Learn(Some.ToOfficer.Sign(SomeKeys.Root)).Ok);
        Assert.Equal(Refusal.DelegationRevoked, chain.Verify(release, heardNow).Reason);
    }

    [Fact]
    public void One_delegation_can_be_revoked_and_another_of_the_same_key_stay()
    {
        var first = Some.Delegation(SomeKeys.Spare, AirKind.Release) with { Id = Some.Id(31) };
        var second = first with { Id = Some.Id(32) };
        var chain = Some.Chain(first);
        var release = Some.Release.Sign(SomeKeys.Spare);
        chain.Revoke((Some.Revocations with { Delegations = [first.Id] }).Sign(SomeKeys.Root));

        Assert.Equal(Refusal.DelegationRevoked, chain.Verify(release, heardNow).Reason);
        chain.Learn(second.Sign(SomeKeys.Root));
        Assert.True(chain.Verify(release, heardNow).Ok);
    }

    [Fact]
    public void Revocations_never_go_back()
    {
        var chain = Some.Chain();
        var second = (Some.Revocations with { Version = 2, Kids = [SomeKeys.Officer.KeyId] }).Sign(SomeKeys.Root);

        Assert.True(chain.Revoke(second).Ok);
        Assert.Equal(Refusal.RevocationsOlder, chain.Revoke(Some.Revocations.Sign(SomeKeys.Root)).Reason);
        Assert.Equal(Refusal.RevocationsOlder, chain.Revoke(second).Reason);
        Assert.Equal(2, chain.RevocationsVersion);
        Assert.Equal(second, chain.Revocations?.Compact);
    }

    [Fact]
    public void An_item_is_played_only_with_the_release_it_names_and_in_its_class()
    {
        var chain = Some.Chain();
        var release = Some.Release.Sign(SomeKeys.Officer);
        var item = Some.Item(release);

        Assert.True(chain.Verify(release, new ReleaseRule(Some.Path, Some.Now, item)).Ok);
        Assert.Equal(Refusal.ReleaseMissing, chain.Verify(null, new ReleaseRule(Some.Path, Some.Now, item)).Reason);
        Assert.Equal(
            Refusal.ReleaseMissing,
            chain.Verify(Some.Release.Sign(SomeKeys.Officer), new ReleaseRule(Some.Path, Some.Now, item)).Reason
        );
        Assert.Equal(
            Refusal.ReleaseClass,
            chain.Verify(release, new ReleaseRule(Some.Path, Some.Now, item with { Class = AirClass.Emergency })).Reason
        );
    }

    [Fact]
    public void A_timetable_is_taken_once_and_never_backwards()
    {
        var chain = Some.Chain();
        var timetable = Some.Timetable.Sign(SomeKeys.Server);

        Assert.True(chain.Verify(timetable, new TimetableRule(Some.Speaker, Some.Path, null, Some.Now)).Ok);
        Assert.True(chain.Verify(timetable, new TimetableRule(Some.Speaker, Some.Path, 6, Some.Now)).Ok);
        Assert.Equal(
            Refusal.TimetableOlder,
            chain.Verify(timetable, new TimetableRule(Some.Speaker, Some.Path, 7, Some.Now)).Reason
        );
        Assert.Equal(
            Refusal.TimetableSpeaker,
            chain.Verify(timetable, new TimetableRule(Some.OtherSpeaker, Some.Path, null, Some.Now)).Reason
        );
    }

    [Fact]
    public void A_command_is_done_once_even_after_a_restart()
    {
        var chain = Some.Chain();
        var command = Some.Command.Sign(SomeKeys.Server);
        var nonces = new NonceMemory();

        Assert.True(chain.Verify(command, new CommandRule(Some.Speaker, Some.Path, nonces, Some.Now)).Ok);
        Assert.Equal(
            Refusal.CommandReplayed,
            chain.Verify(command, new CommandRule(Some.Speaker, Some.Path, nonces, Some.Now)).Reason
        );
        var restarted = new NonceMemory(nonces.Seen, nonces.Floor);
        Assert.Equal(
            Refusal.CommandReplayed,
            chain.Verify(command, new CommandRule(Some.Speaker, Some.Path, restarted, Some.Now)).Reason
        );
    }

    [Fact]
    public void A_refused_command_leaves_its_nonce_unused()
    {
        var nonces = new NonceMemory();

        Some.Chain()
            .Verify(Some.Command.Sign(SomeKeys.Stranger), new CommandRule(Some.Speaker, Some.Path, nonces, Some.Now));

        Assert.Empty(nonces.Seen);
    }

    [Theory]
    [InlineData("shell", null)]
    [InlineData("volume", null)]
    [InlineData("volume", 101)]
    [InlineData("volume", -1)]
    public void Commands_are_a_closed_list(string name, int? level)
    {
        var command = Some.Command with { Name = name, Args = new CommandArgs(level) };

        var verdict = Some.Chain()
            .Verify(
                command.Sign(SomeKeys.Server),
                new CommandRule(Some.Speaker, Some.Path, new NonceMemory(), Some.Now)
            );

        Assert.Equal(Refusal.CommandUnknown, verdict.Reason);
    }

    [Fact]
    public void A_technician_moves_speakers_only_inside_what_is_his()
    {
        var chain = Some.Chain();
        var abroad = Some.Placement with { Path = [Some.Province, Some.OtherDistrict, Some.OtherCommune] };
        var home = Some.Placement with { Version = 2 };

        Assert.True(Move(chain, home, SomeKeys.Technician, Some.Placement).Ok);
        Assert.Equal(Refusal.DelegationUnit, Move(chain, abroad, SomeKeys.Technician, null).Reason);
        Assert.Equal(Refusal.DelegationUnit, Move(chain, home, SomeKeys.Technician, abroad).Reason);
        Assert.True(Move(chain, home, SomeKeys.Root, abroad).Ok);
    }

    [Fact]
    public void A_placement_is_for_one_speaker_with_one_key_and_never_goes_back()
    {
        var chain = Some.Chain();
        var other = Some.Placement with { Speaker = Some.OtherSpeaker };
        var otherKey = Some.Placement with { Kid = SomeKeys.Stranger.KeyId };

        Assert.Equal(Refusal.PlacementSpeaker, Move(chain, other, SomeKeys.Root, null).Reason);
        Assert.Equal(Refusal.PlacementSpeaker, Move(chain, otherKey, SomeKeys.Root, null).Reason);
        Assert.Equal(
            Refusal.PlacementOlder,
            Move(chain, Some.Placement, SomeKeys.Root, Some.Placement with { Version = 2 }).Reason
        );
    }

    [Fact]
    public void A_full_chain_forgets_what_expires_first()
    {
        var chain = new Chain(SomeKeys.Root.Public, capacity: 2);
        chain.Learn((Some.ToOfficer with { Expires = Some.Now.AddDays(1) }).Sign(SomeKeys.Root));
        chain.Learn(Some.ToServer.Sign(SomeKeys.Root));
        chain.Learn(Some.ToTechnician.Sign(SomeKeys.Root));

        Assert.Equal(2, chain.Delegations.Count);
        Assert.Equal(Refusal.KeyUnknown, chain.Verify(Some.Release.Sign(SomeKeys.Officer), heardNow).Reason);
    }

    static Verdict<Placement> Move(Chain chain, Placement placement, SigningKey key, Placement? held) =>
        chain.Verify(placement.Sign(key), new PlacementRule(Some.Speaker, SomeKeys.Speaker.KeyId, held, Some.Now));
}
