using System.Collections.Frozen;

namespace Loa.Kernel;

/// <summary>Every role and the rights it gives: the sum of what the modules declared.</summary>
public sealed class Roles
{
    readonly FrozenDictionary<string, FrozenSet<string>> rights;

    public Roles(IEnumerable<Role> roles, IEnumerable<Right> rights)
    {
        var names = roles.Select(r => r.Name).Order(StringComparer.Ordinal).ToList();
        var all = rights.ToList();
        if (all.GroupBy(r => r.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new InvalidOperationException($"The right {twice.Key} is declared twice.");
        this.rights = names.ToFrozenDictionary(
            role => role,
            role => all.Where(r => GivenBy(role, r)).Select(r => r.Name).ToFrozenSet(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        Names = names;
        Rights = [.. all.Select(r => r.Name)];
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<string> Rights { get; }

    public bool Gives(string role, string right) => RightsOf(role).Contains(right);

    public IReadOnlySet<string> RightsOf(string role) => rights.GetValueOrDefault(role, FrozenSet<string>.Empty);

    static bool GivenBy(string role, Right right) => right.Roles.Any(r => r == Right.EveryRole || r == role);
}
