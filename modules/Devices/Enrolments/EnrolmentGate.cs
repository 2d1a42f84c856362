using System.Net;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Enrolments;

/// <summary>How often an address may introduce speakers, and how often an officer may mistype a code.</summary>
sealed class EnrolmentGate(IOptions<EnrolmentOptions> options, TimeProvider clock)
{
    const int WrongCodes = 10;
    static readonly TimeSpan WrongCodesIn = TimeSpan.FromMinutes(10);

    readonly Allowance<IPAddress> introductions = new(options.Value.PerMinute, options.Value.PerMinute / 60.0, clock);
    readonly Allowance<Guid> mistakes = new(WrongCodes, WrongCodes / WrongCodesIn.TotalSeconds, clock);

    public bool Take(IPAddress address) => introductions.Take(address);

    public bool MayTry(Guid officer) => mistakes.Has(officer);

    public void Mistook(Guid officer) => mistakes.Take(officer);
}
