using System.Net;
using Loa.Kernel;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Enrolments;

/// <summary>How often an address may introduce speakers, how many are heard at once, and how often an officer may mistype a code.</summary>
sealed class EnrolmentGate(IOptions<EnrolmentOptions> options, TimeProvider clock) : IDisposable
{
    // A province that is switched on at once: who would wait longer than a speaker's patience is sent away and comes again,
    // or all the work would be done for those who have hung up.
    const int AtOnce = 32;

    const int WrongCodes = 10;
    static readonly TimeSpan WrongCodesIn = TimeSpan.FromMinutes(10);

    // What all networks together may have looked at beyond their limit: a known board is known again by it.
    const int LooksASecond = 500;

    readonly RateLimit<IPAddress> introductions = new(options.Value.PerMinute, options.Value.PerMinute / 60.0, clock);
    readonly RateLimit<string> looks = new(LooksASecond, LooksASecond, clock);
    readonly RateLimit<Guid> mistakes = new(WrongCodes, WrongCodes / WrongCodesIn.TotalSeconds, clock);

    readonly SemaphoreSlim places = new(AtOnce);

    public bool Take(IPAddress network) => introductions.Take(network);

    /// <summary>Whether one more of a network that has used up its limit may show its key, for it may be one we know.</summary>
    public bool MayShowItsKey() => looks.Take("");

    /// <summary>Whether nobody more is heard now, before anything is spent on him.</summary>
    public bool IsFull => places.CurrentCount == 0;

    /// <summary>Whether one more is heard now; then it is to leave.</summary>
    public bool Enter() => places.Wait(0);

    public void Leave() => places.Release();

    public bool MayTry(Guid officer) => mistakes.Has(officer);

    public void Mistook(Guid officer) => mistakes.Take(officer);

    public void Dispose() => places.Dispose();
}
