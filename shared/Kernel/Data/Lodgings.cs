using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>
/// Opens a lodger's context in the midst of what its host does: on the same connection and in the same transaction, so that
/// what both store is stored together, by one commit, or not at all.
/// </summary>
public sealed class Lodgings(IServiceProvider services, Storage storage)
{
    /// <param name="host">In whatever transaction it is now.</param>
    public TDb In<TDb>(ModuleDb host)
        where TDb : ModuleDb =>
        In<TDb>(host.Database.GetDbConnection(), host.Database.CurrentTransaction?.GetDbTransaction());

    /// <param name="transaction">The host's, which alone ends it.</param>
    public TDb In<TDb>(DbTransaction transaction)
        where TDb : ModuleDb => In<TDb>(transaction.Connection!, transaction);

    TDb In<TDb>(DbConnection connection, DbTransaction? transaction)
        where TDb : ModuleDb
    {
        var options = new DbContextOptionsBuilder<TDb>().UseApplicationServiceProvider(services);
        if (storage.IsPostgres)
            options.UseNpgsql(connection);
        else
            options.UseSqlite(connection);
        ModuleDbs.Quiet(options);
        var db = ActivatorUtilities.CreateInstance<TDb>(services, options.Options);
        db.Database.UseTransaction(transaction);
        return db;
    }
}
