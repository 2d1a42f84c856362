using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Loa;

public sealed class MigrationsTests(RunningServer server)
{
    [Fact]
    public async Task What_the_scripts_make_is_what_the_code_expects()
    {
        foreach (var entry in server.Services.GetServices<ModuleDbEntry>())
        {
            await using var scope = server.Services.CreateAsyncScope();
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(entry.Type);
            foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null))
            {
                var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
                var columns = string.Join(", ", entity.GetProperties().Select(p => $"\"{p.GetColumnName(table)}\""));
                // A table or column that a script forgot fails here, with its name.
                var sql = $"SELECT {columns} FROM \"{table.Name}\" WHERE 1 = 0";
                await db.Database.ExecuteSqlRawAsync(sql);
            }
        }
    }

    [Fact]
    public async Task Migrating_again_changes_nothing() => await server.Services.Migrate(CancellationToken.None);
}
