from cortafuegos.cli import main

main()
