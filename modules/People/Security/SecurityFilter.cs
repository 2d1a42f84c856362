using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.People.Security;

/// <summary>What is asked of the security events; what is null asks nothing.</summary>
/// <param name="Kind">"sign-in", "failure", "account", "post" or "key".</param>
/// <param name="Before">The first moment that is too late.</param>
sealed record SecurityFilter(
    string? Kind,
    IReadOnlyList<Guid>? Officers,
    IReadOnlyList<Guid>? Units,
    DateTimeOffset? From,
    DateTimeOffset? Before
)
{
    public static async Task<SecurityFilter> Of(
        ListView view,
        Sight sight,
        IOfficers officers,
        CancellationToken cancel
    ) =>
        new(
            view.Of(SecurityList.Kind) is { Length: > 0 } kind ? kind : null,
            view.Of(SecurityList.Officer) switch
            {
                "" => null,
                var id when Guid.TryParse(id, out var officer) => [officer],
                var name => await officers.Named(name, cancel),
            },
            view.UnitsOf(SecurityList.Unit, sight.Tree),
            view.FromOf(SecurityList.From),
            view.BeforeOf(SecurityList.To)
        );
}
