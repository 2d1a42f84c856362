namespace Loa.Kernel;

/// <summary>What no script can say: values that code works out for rows that are there already. Done once, after all scripts, with them or not at all.</summary>
/// <param name="Name">As it is noted beside the scripts, such as "Devices/name-keys".</param>
public sealed record MigrationStep(Type Db, string Name, Func<ModuleDb, CancellationToken, Task> Run)
{
    public static MigrationStep On<TDb>(string name, Func<TDb, CancellationToken, Task> run)
        where TDb : ModuleDb => new(typeof(TDb), name, (db, cancel) => run((TDb)db, cancel));
}
