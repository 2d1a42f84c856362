using Loa.Air;
using Loa.Contracts.Newsroom;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Newsroom.Approval;

/// <summary>A release that was found good, and the delegations by which speakers will find it good too.</summary>
sealed record CheckedRelease(Signed<Release> Signed, IReadOnlyList<string> Delegations);

/// <summary>
/// Judges a leader's signature by the same chain as every speaker does, before anything is stored:
/// what a speaker would refuse must not look approved here.
/// </summary>
sealed class SignatureCheck(ITrust trust, Sight sight, TimeProvider clock)
{
    public async Task<CheckedRelease> Check(string compact, Guid officerId, CancellationToken cancel)
    {
        if (!Release.TryRead(compact, out var read, out var unreadable))
            throw Refused(unreadable);
        // A good signature by somebody else's key is no approval by this officer.
        var his = await trust.KeysOf(officerId, "release", cancel);
        Refuse.Unless(his.Contains(read.KeyId), "release.not-your-key");
        Refuse.If(read.Document.Units.Count == 0, "release.no-units");

        var delegations = await trust.DelegationsOf(read.KeyId, cancel);
        var chain = await trust.ChainWith(delegations, cancel);
        var now = clock.Moment();
        foreach (var unit in read.Document.Units)
        {
            // He answers for a unit by a post of his and by a delegation of the root: both must reach it.
            sight.Demand(NewsroomRights.ApproveBulletins, unit);
            var verdict = chain.Verify(compact, new ReleaseRule(sight.Tree.PathOf(unit), now));
            if (!verdict.Ok)
                throw Refused(verdict.Reason);
        }
        return new(read, delegations);
    }

    static RefusedException Refused(string reason) => new("release.refused", Words.Get("release.reason." + reason));
}
