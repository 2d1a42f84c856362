using Loa.Speaker.Store;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Enrolling;

/// <summary>Begins an enrolment with a server: the first, or another when the key was taken back.</summary>
sealed class Enrolments(
    HttpClient http,
    Journal journal,
    OwnKeys keys,
    PinnedRoot root,
    CodeSign sign,
    AirClock clock,
    EventLog log
)
{
    /// <param name="settings">Who the speaker says it is, and to which server.</param>
    /// <param name="standing">What it has already.</param>
    public AwaitClaim With(Settings settings, Standing? standing = null)
    {
        var client = new EnrolmentClient(http, settings, clock);
        var introduction = new Introduction(settings, keys, root, client, clock, log);
        var claim = new BelieveClaim(journal, keys, root, clock, log, standing);
        return new AwaitClaim(journal, introduction, client, sign, claim, clock, log);
    }
}
