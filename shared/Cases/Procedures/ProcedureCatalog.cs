namespace Loa.Cases;

/// <summary>Every procedure of every version that the server knows; modules put theirs in.</summary>
public sealed class ProcedureCatalog(IEnumerable<Procedure> procedures)
{
    readonly Dictionary<(string, int), Procedure> all = procedures.ToDictionary(p => (p.Name, p.Version));

    public Procedure Find(string name, int version) =>
        all.GetValueOrDefault((name, version))
        ?? throw new InvalidOperationException($"No module knows procedure {name} version {version}.");
}
