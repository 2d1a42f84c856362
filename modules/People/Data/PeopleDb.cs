using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Data;

/// <summary>Units and officers as acts; accounts, sessions and sign-ins, which are no acts, beside them. Trust lodges here with its acts.</summary>
sealed class PeopleDb(DbContextOptions<PeopleDb> options) : CaseDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PeopleDb).Assembly);
    }
}
